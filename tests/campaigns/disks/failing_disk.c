/* A disk that fails: loaded before the C library, it lets the n-th call that concerns files of one folder fail.

   disk_fail(folder, n, error, lasting, writes_only) arms it; with n = 0 it only counts.
   disk_heal() disarms it and returns how many calls there were. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

static char folder[PATH_MAX];
static int armed, seen, failing, error_number, lasting, writes_only;

void disk_fail(const char *of, int n, int error, int lasts, int only_writes) {
    strncpy(folder, of, sizeof folder - 1);
    seen = 0, failing = n, error_number = error, lasting = lasts, writes_only = only_writes;
    armed = 1;
}

int disk_heal(void) {
    armed = 0;
    return seen;
}

static int fails(const char *path, int writes) {
    if (!armed || (writes_only && !writes) || path == NULL || strncmp(path, folder, strlen(folder)) != 0)
        return 0;
    seen++;
    if (failing == 0 || (lasting ? seen < failing : seen != failing))
        return 0;
    errno = error_number;
    return 1;
}

static int fails_open(int descriptor, int writes) {
    char link[64], path[PATH_MAX];
    ssize_t length;
    if (!armed)
        return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    length = readlink(link, path, sizeof path - 1);
    if (length < 0)
        return 0;
    path[length] = 0;
    return fails(path, writes);
}

#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

#define OPENING(name)                                                                     \
    int name(const char *path, int flags, ...) {                                          \
        va_list rest;                                                                     \
        va_start(rest, flags);                                                            \
        mode_t mode = va_arg(rest, mode_t);                                               \
        va_end(rest);                                                                     \
        return fails(path, flags & O_CREAT) ? -1 : NEXT(name)(path, flags, mode);         \
    }
OPENING(open)
OPENING(open64)

#define ON_DESCRIPTOR(name, result, writes, parameters, arguments)                        \
    result name parameters { return fails_open(descriptor, writes) ? -1 : NEXT(name) arguments; }
ON_DESCRIPTOR(read, ssize_t, 0, (int descriptor, void *data, size_t size), (descriptor, data, size))
ON_DESCRIPTOR(pread64, ssize_t, 0, (int descriptor, void *data, size_t size, off64_t at),
              (descriptor, data, size, at))
ON_DESCRIPTOR(write, ssize_t, 1, (int descriptor, const void *data, size_t size), (descriptor, data, size))
ON_DESCRIPTOR(pwrite64, ssize_t, 1, (int descriptor, const void *data, size_t size, off64_t at),
              (descriptor, data, size, at))
ON_DESCRIPTOR(fsync, int, 1, (int descriptor), (descriptor))
ON_DESCRIPTOR(fdatasync, int, 1, (int descriptor), (descriptor))
ON_DESCRIPTOR(ftruncate64, int, 1, (int descriptor, off64_t size), (descriptor, size))

#define ON_PATH(name, parameters, arguments)                                              \
    int name parameters { return fails(path, 1) ? -1 : NEXT(name) arguments; }
ON_PATH(unlink, (const char *path), (path))
ON_PATH(mkdir, (const char *path, mode_t mode), (path, mode))
ON_PATH(rename, (const char *path, const char *to), (path, to))
ON_PATH(link, (const char *path, const char *to), (path, to))
