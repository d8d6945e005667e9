"""How an article comes into the library that is a chat's own: from what, whether there is room, in steps."""
