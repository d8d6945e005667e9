"""Files by their id, as getFile and the download know them."""

from __future__ import annotations

from tests.standin import access, gate
from tests.standin import refusals as say
from tests.standin.messages import Messages
from tests.standin.refusals import bad
from tests.standin.world import Json, World

MAX_DOWNLOAD = 20 << 20


class Files:
    """What was sent, by anybody."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._contents: dict[str, bytes] = {}
        self._documents: dict[str, Json] = {}

    def put(self, data: bytes, name: str, mime: str) -> Json:
        """A Document."""
        file_id = f"file-{len(self._contents) + 1}"
        self._contents[file_id] = data
        self._documents[file_id] = {
            "file_id": file_id,
            "file_unique_id": f"unique-{file_id}",
            "file_name": name,
            "mime_type": mime,
            "file_size": len(data),
        }
        return self._documents[file_id]

    def get(self, call: Json) -> Json:
        """getFile."""
        data = self._contents.get(call["file_id"])
        if data is None:
            raise bad(say.FILE_INVALID)
        if len(data) > MAX_DOWNLOAD:
            raise bad(say.FILE_TOO_BIG)
        known = {"file_id": call["file_id"], "file_unique_id": f"unique-{call['file_id']}"}
        return {**known, "file_size": len(data), "file_path": f"documents/{call['file_id']}"}

    def data(self, path: str) -> bytes | None:
        """What lies at a ``file_path``."""
        return self._contents.get(path.removeprefix("documents/"))

    def send(self, call: Json, messages: Messages) -> Json:
        """sendDocument: ``call["document"]`` is an upload, or the id of a file that was sent before."""
        chat = access.writable(self._world, call["chat_id"], call.get("message_thread_id"))
        content = {"document": self._document(call["document"])}
        if "caption" in call:
            content |= _caption(call)
        return messages.put(chat, call, **content)

    def _document(self, sent: str | tuple[bytes, str, str]) -> Json:
        if isinstance(sent, str):
            if sent not in self._documents:
                raise bad(say.FILE_UNKNOWN)
            return self._documents[sent]
        if not sent[0]:
            raise bad(say.FILE_EMPTY)
        return self.put(*sent)


def _caption(call: Json) -> Json:
    """What stands under a file, as Telegram keeps it."""
    text, entities = gate.formatted(
        call["caption"], call.get("parse_mode"), call.get("caption_entities") or []
    )
    return {"caption": text, **({"caption_entities": entities} if entities else {})}
