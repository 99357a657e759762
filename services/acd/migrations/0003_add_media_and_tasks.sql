-- Media as the JSON form of trunkline.acd.v1.Medium.
CREATE TABLE media (
    medium text PRIMARY KEY,
    settings jsonb NOT NULL
);

-- Live contacts without a call: the router's record of each, and what its owner attached to it. Calls are not here; they
-- carry their records themselves.
CREATE TABLE tasks (
    contact_id text PRIMARY KEY,
    record text NOT NULL,
    data jsonb NOT NULL
);

-- What a centre begins with; an operator changes it as he likes.
INSERT INTO media (medium, settings) VALUES
    ('voice', '{"medium": "voice", "title": "电话", "telephone": true, "slots": 1, "rings_as": "ring"}'),
    ('callback', '{"medium": "callback", "title": "回呼", "slots": 1, "rings_as": "ring", "time_to_accept": "30s"}'),
    ('chat', '{"medium": "chat", "title": "在线客服", "slots": 3, "rings_as": "chime", "time_to_accept": "30s",
        "wrap_up_limit": "30s", "returns_when_away": true, "answer_limit": "300s"}'),
    ('sms', '{"medium": "sms", "title": "短信", "slots": 3, "rings_as": "chime", "time_to_accept": "60s",
        "returns_when_away": true, "interrupted_by": {"voice": 0, "chat": 0}}'),
    ('email', '{"medium": "email", "title": "邮件", "slots": 5, "rings_as": "silent", "time_to_accept": "300s",
        "interrupted_by": {"voice": 0, "callback": 0, "chat": 0, "sms": 0, "voicemail": 0, "workorder": 0, "fax": 0}}'),
    ('fax', '{"medium": "fax", "title": "传真", "slots": 3, "rings_as": "silent", "time_to_accept": "300s",
        "interrupted_by": {"voice": 0, "callback": 0, "chat": 0, "sms": 0, "voicemail": 0, "workorder": 0, "email": 0}}'),
    ('voicemail', '{"medium": "voicemail", "title": "留言", "slots": 1, "rings_as": "chime", "time_to_accept": "60s",
        "interrupted_by": {"voice": 0, "callback": 0}}'),
    ('workorder', '{"medium": "workorder", "title": "工单", "slots": 10, "rings_as": "silent", "time_to_accept": "600s",
        "interrupted_by": {"voice": 0, "callback": 0, "chat": 0, "sms": 0, "voicemail": 0, "fax": 0, "email": 0}}');
