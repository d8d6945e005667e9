"""The bot under load: many chats at once, floods, and additions meanwhile."""
