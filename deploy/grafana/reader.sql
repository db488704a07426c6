-- What Grafana may read of the database: views with just the columns that the dashboards show, and a user who sees nothing
-- else. No contents of step events, no records in quarantine, no accounts, no texts of orders and appeals.
--
-- As an administrator of the server, after the daemon has made its tables:
--   mariadb < deploy/grafana/reader.sql
--   mariadb -e "ALTER USER 'mingjian_grafana'@'%' IDENTIFIED BY '…' ACCOUNT UNLOCK"
-- Again after an upgrade, when its notes say so. The names `mingjian` and `mingjian_grafana` may be others.
CREATE DATABASE IF NOT EXISTS mingjian_grafana;
USE mingjian_grafana;

CREATE OR REPLACE SQL SECURITY DEFINER VIEW open_case AS
SELECT case_no, department, item_code, item_class, light, light_rank, step_light,
       -- The kind of the clock: step:review#2 is a step.
       SUBSTRING_INDEX(SUBSTRING_INDEX(clock, ':', 1), '#', 1) AS clock, due_at, since, urgent_at
FROM mingjian.case_file WHERE is_open = 1;

-- There is no index by time: the newest twenty thousand are a range of the key, however many there are.
CREATE OR REPLACE SQL SECURITY DEFINER VIEW recent_light_change AS
SELECT case_no, clock, clock_kind, department, item_code, from_light, to_light, reason, became_at, due_at
FROM mingjian.light_change
WHERE superseded_at IS NULL AND id > (SELECT MAX(id) FROM mingjian.light_change) - 20000;

-- Lights of steps with the post that began the step.
CREATE OR REPLACE SQL SECURITY DEFINER VIEW step_light AS
SELECT l.case_no, l.department, l.to_light, l.became_at,
       SUBSTRING_INDEX(SUBSTRING(l.clock, 6), '#', 1) AS step,
       (SELECT MAX(JSON_VALUE(e.data, '$.post')) FROM mingjian.step_event e
        WHERE e.case_no = l.case_no AND e.type = 'step.started'
          AND JSON_VALUE(e.data, '$.step') = SUBSTRING_INDEX(SUBSTRING(l.clock, 6), '#', 1)) AS post
FROM mingjian.light_change l
WHERE l.superseded_at IS NULL AND l.clock_kind = 'step'
  AND l.id > (SELECT MAX(id) FROM mingjian.light_change) - 20000;

CREATE OR REPLACE SQL SECURITY DEFINER VIEW supervision_order AS
SELECT id, no, department, post, state, light, due_at, issued_at, ended_at FROM mingjian.supervision_order;

CREATE OR REPLACE SQL SECURITY DEFINER VIEW appeal AS
SELECT id, no, case_no, department, state, light, due_at, filed_at, ended_at FROM mingjian.appeal;

-- Neither who complains nor what is said, and nothing of 检举控告.
CREATE OR REPLACE SQL SECURITY DEFINER VIEW complaint AS
SELECT id, no, department, state, light, due_at, registered_at, ended_at FROM mingjian.complaint WHERE confidential = 0;

CREATE OR REPLACE SQL SECURITY DEFINER VIEW quarantined AS
SELECT source, feed, reason, field, received_at, state FROM mingjian.quarantine;

-- Of the ledger only what it says about rules and calendars.
CREATE OR REPLACE SQL SECURITY DEFINER VIEW rule_change AS
SELECT at, CONCAT('规则 ', JSON_EXTRACT(body, '$.rulesets[*].version'), '，日历摘要 ',
                  LEFT(JSON_VALUE(body, '$.calendarDigest'), 12)) AS summary
FROM mingjian.ledger_entry WHERE chain = 'rules' AND kind = 'rules.in-force';

CREATE USER IF NOT EXISTS 'mingjian_grafana'@'%' ACCOUNT LOCK;
GRANT SELECT, SHOW VIEW ON mingjian_grafana.* TO 'mingjian_grafana'@'%';
