-- A message goes the customer's ways one after the other until one brings proof; each way is a row of its own, and
-- those of one message have the first one's id as their origin. State 6 waits for those before it.
ALTER TABLE notice ADD COLUMN origin_id uuid;
UPDATE notice SET origin_id = notice_id;
ALTER TABLE notice ALTER COLUMN origin_id SET NOT NULL;
ALTER TABLE notice ADD COLUMN attempt smallint NOT NULL DEFAULT 1;
ALTER TABLE notice ADD COLUMN failure text NOT NULL DEFAULT '';
-- When proof must be there; none once it is, or when that no longer matters.
ALTER TABLE notice ADD COLUMN proof_time timestamptz;
-- No way has brought proof: an order of its own asks the centre to call back.
ALTER TABLE notice ADD COLUMN unreached boolean NOT NULL DEFAULT false;
ALTER TABLE notice ADD COLUMN task_number text NOT NULL DEFAULT '';
CREATE INDEX notice_by_origin ON notice (origin_id);
CREATE INDEX notice_without_proof ON notice (proof_time) WHERE proof_time IS NOT NULL;
CREATE INDEX notice_unreached ON notice (order_id, notice_id) WHERE unreached;

-- Who opened it, so that his unit sees it before it has orders.
ALTER TABLE incident ADD COLUMN unit text NOT NULL DEFAULT 'centre';

-- Numbers are kept as libs/phone writes them.
UPDATE work_order SET customer_plain = '+86' || ltrim(customer_plain, '0')
WHERE customer_plain ~ '^(1[0-9]{10}|0[0-9]{9,11})$';
UPDATE question SET asker = '+86' || ltrim(asker, '0') WHERE asker ~ '^(1[0-9]{10}|0[0-9]{9,11})$';
CREATE INDEX question_by_asker ON question (asker, time) WHERE asker <> '';
