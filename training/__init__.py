"""How the reader is made: question sets -> pairs -> weights. Nothing at run time needs it."""

import index  # noqa: F401 - it switches the model hub off, before what is imported here reads that
