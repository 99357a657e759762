-- Reasons for being not ready as the JSON form of trunkline.acd.v1.Reason.
CREATE TABLE reasons (
    reason text PRIMARY KEY,
    settings jsonb NOT NULL
);

-- The whole standing of an agent in one text (counts of the shift, policies, presence); the columns beside it are for
-- people who look.
ALTER TABLE agent_status ADD COLUMN standing text NOT NULL DEFAULT '';
