-- data/bot.db of form 4: a conversation, a forum's settings, a question that is not answered yet, an answer that is not sent.
PRAGMA application_id = 1448231509;
PRAGMA user_version = 4;
BEGIN TRANSACTION;
CREATE TABLE chats (
    id INTEGER PRIMARY KEY,
    quotes INTEGER,
    left_at REAL
, keepers TEXT NOT NULL DEFAULT 'admins', former INTEGER) STRICT;
INSERT INTO "chats" VALUES(-1000002000001,1,NULL,'admins',NULL);
INSERT INTO "chats" VALUES(1000005,NULL,NULL,'admins',NULL);
CREATE TABLE closed (
    place INTEGER PRIMARY KEY AUTOINCREMENT,
    number INTEGER NOT NULL UNIQUE
) STRICT;
CREATE TABLE exchanges (
    number INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    chat INTEGER NOT NULL REFERENCES chats (id) ON UPDATE CASCADE ON DELETE CASCADE,
    question INTEGER,
    place INTEGER,
    follows TEXT,
    given TEXT NOT NULL,
    at REAL NOT NULL
) STRICT;
INSERT INTO "exchanges" VALUES(1,'alghvvyMROrbou4L',1000005,2,0,NULL,'{"question":"Who likes jam?","understood":null,"kind":"quotes","reason":"answered","turn":{"question":"Who likes jam?","places":[{"library":"main","article_id":"a1","start":0,"end":15,"best":[0,15],"score":0.9,"speaker":null},{"library":"main","article_id":"a1","start":16,"end":32,"best":[16,32],"score":0.9,"speaker":null},{"library":"main","article_id":"a1","start":33,"end":48,"best":[33,48],"score":0.9,"speaker":null}],"articles":["a1"]},"further":[{"library":"main","article_id":"a1","start":49,"end":63,"best":[49,63],"score":0.9,"speaker":null},{"library":"main","article_id":"a1","start":64,"end":78,"best":[64,78],"score":0.9,"speaker":null}]}',1790000001.5);
INSERT INTO "exchanges" VALUES(2,'PeunX4r5uBmKKFlc',1000005,4,0,'alghvvyMROrbou4L','{"question":"And why?","understood":null,"kind":"quotes","reason":"nothing","turn":{"question":"And why?","places":[],"articles":[]},"further":[]}',1790000002.5);
INSERT INTO "exchanges" VALUES(3,'44yE-rodDjgKG5ZV',-1000002000001,5,2,NULL,'{"question":"Who likes jam?","understood":null,"kind":"quotes","reason":"answered","turn":{"question":"Who likes jam?","places":[{"library":"main","article_id":"a1","start":0,"end":15,"best":[0,15],"score":0.9,"speaker":null}],"articles":["a1"]},"further":[{"library":"main","article_id":"a1","start":16,"end":32,"best":[16,32],"score":0.9,"speaker":null},{"library":"main","article_id":"a1","start":33,"end":48,"best":[33,48],"score":0.9,"speaker":null},{"library":"main","article_id":"a1","start":49,"end":63,"best":[49,63],"score":0.9,"speaker":null},{"library":"main","article_id":"a1","start":64,"end":78,"best":[64,78],"score":0.9,"speaker":null}]}',1790000003.5);
CREATE TABLE free_topics (
    chat INTEGER NOT NULL REFERENCES chats (id) ON UPDATE CASCADE ON DELETE CASCADE,
    topic INTEGER NOT NULL,
    PRIMARY KEY (chat, topic)
) STRICT, WITHOUT ROWID;
INSERT INTO "free_topics" VALUES(-1000002000001,2);
CREATE TABLE inbox (
    number INTEGER PRIMARY KEY,
    body TEXT NOT NULL,
    at REAL NOT NULL,
    tries INTEGER NOT NULL DEFAULT 0
) STRICT;
INSERT INTO "inbox" VALUES(700000009,'{"update_id": 700000009, "message": {"message_id": 6, "date": 1790000010, "chat": {"id": 1000005, "type": "private", "first_name": "Ann"}, "from": {"id": 1000005, "is_bot": false, "first_name": "Ann"}, "text": "Do wolves like jam?"}}',1790000010.5,0);
CREATE TABLE "messages" (
    chat INTEGER NOT NULL,
    message INTEGER NOT NULL,
    exchange INTEGER NOT NULL REFERENCES exchanges (number) ON DELETE CASCADE,
    PRIMARY KEY (chat, message)
) STRICT, WITHOUT ROWID;
INSERT INTO "messages" VALUES(1000005,3,1);
INSERT INTO "messages" VALUES(1000005,5,2);
INSERT INTO "messages" VALUES(-1000002000001,6,3);
CREATE TABLE outbox (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    chat INTEGER NOT NULL,
    body TEXT NOT NULL,
    exchange TEXT,
    at REAL NOT NULL
) STRICT;
CREATE TABLE set_aside (
    number INTEGER PRIMARY KEY,
    body TEXT NOT NULL,
    standing TEXT NOT NULL,
    at REAL NOT NULL,
    is_told INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX exchanges_by_question ON exchanges (chat, question);
CREATE INDEX exchanges_by_place ON exchanges (chat, place);
CREATE INDEX exchanges_by_age ON exchanges (at);
CREATE INDEX messages_by_exchange ON messages (exchange);
CREATE INDEX outbox_by_chat ON outbox (chat);
DELETE FROM "sqlite_sequence";
INSERT INTO outbox (chat, body, exchange, at) VALUES(1000005,'{"parts": [{"text": "Bears like jam.", "entities": []}], "to": 2, "thread": null, "is_quiet": false, "keyboard": null, "standing": []}',NULL,1790000030.0);
COMMIT;
