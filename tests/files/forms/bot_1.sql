-- data/bot.db of form 1: a group with two quotes and a free topic, and a person who has left.
PRAGMA application_id = 1448231509;
PRAGMA user_version = 1;
BEGIN TRANSACTION;
CREATE TABLE chats (
    id INTEGER PRIMARY KEY,
    quotes INTEGER,
    left_at REAL
) STRICT;
INSERT INTO "chats" VALUES(-5,2,NULL);
INSERT INTO "chats" VALUES(6,NULL,1790000000.5);
CREATE TABLE free_topics (
    chat INTEGER NOT NULL REFERENCES chats (id) ON UPDATE CASCADE ON DELETE CASCADE,
    topic INTEGER NOT NULL,
    PRIMARY KEY (chat, topic)
) STRICT, WITHOUT ROWID;
INSERT INTO "free_topics" VALUES(-5,40);
COMMIT;
