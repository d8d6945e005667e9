"""How the reader is made: question sets -> pairs -> weights. Nothing at run time needs it."""
