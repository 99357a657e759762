// The SQL of settings.
#pragma once

namespace trunkline::workorder::sql {

inline constexpr const char* kHead = "SELECT revision FROM settings_head";
inline constexpr const char* kRaiseHead = "UPDATE settings_head SET revision = revision + 1";
inline constexpr const char* kPublished = "SELECT kind, id, version, body FROM definition WHERE version > 0";
inline constexpr const char* kCurrent =
    "SELECT DISTINCT ON (id) body FROM definition WHERE kind = $1 AND version > 0 ORDER BY id, version DESC";
inline constexpr const char* kUnpublished = "SELECT body FROM definition WHERE kind = $1 AND version = 0 ORDER BY id";
// A draft that is asked for but not there is the current version: what a change would begin with.
inline constexpr const char* kFindDefinition =
    "SELECT body FROM definition WHERE kind = $1 AND id = $2 AND ($3 = 0 OR version = $3) AND ($4 OR version > 0)"
    " ORDER BY CASE WHEN $4 AND version = 0 THEN 0 ELSE 1 END, version DESC LIMIT 1";
inline constexpr const char* kNextVersion =
    "SELECT coalesce(max(version), 0) + 1 FROM definition WHERE kind = $1 AND id = $2";
inline constexpr const char* kPutDefinition =
    "INSERT INTO definition (kind, id, version, author, time, note, body)"
    " VALUES ($1, $2, $3, $4, to_timestamp($5::bigint / 1000.0), $6, $7)"
    " ON CONFLICT (kind, id, version) DO UPDATE SET author = $4, time = to_timestamp($5::bigint / 1000.0), note = $6,"
    " body = $7";
inline constexpr const char* kVersions =
    "SELECT version, author, round(extract(epoch FROM time) * 1000)::bigint, note FROM definition"
    " WHERE kind = $1 AND id = $2 ORDER BY version DESC";
inline constexpr const char* kHasDefinition = "SELECT 1 FROM definition WHERE kind = $1 AND id = $2";
inline constexpr const char* kCalendars =
    "SELECT calendar_id, revision, body FROM working_calendar ORDER BY calendar_id";
inline constexpr const char* kLockCalendar =
    "SELECT revision, body FROM working_calendar WHERE calendar_id = $1 FOR UPDATE";
inline constexpr const char* kPutCalendar =
    "INSERT INTO working_calendar (calendar_id, revision, body) VALUES ($1, $2, $3)"
    " ON CONFLICT (calendar_id) DO UPDATE SET revision = $2, body = $3";
inline constexpr const char* kUnits = "SELECT body FROM unit ORDER BY unit_id";
inline constexpr const char* kCrews = "SELECT crew_id, name, unit_id, number, retired FROM crew ORDER BY crew_id";
inline constexpr const char* kPutUnit =
    "INSERT INTO unit (unit_id, body) VALUES ($1, $2) ON CONFLICT (unit_id) DO UPDATE SET body = $2";
inline constexpr const char* kAddUnit = "INSERT INTO unit (unit_id, body) VALUES ($1, $2) ON CONFLICT DO NOTHING";
inline constexpr const char* kTemplates = "SELECT step, medium, type_id, text FROM notice_template ORDER BY 1, 2, 3";
inline constexpr const char* kPutTemplate =
    "INSERT INTO notice_template (step, medium, type_id, text) VALUES ($1, $2, $3, $4)"
    " ON CONFLICT (step, medium, type_id) DO UPDATE SET text = $4";
inline constexpr const char* kAddTemplate =
    "INSERT INTO notice_template (step, medium, type_id, text) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING";
inline constexpr const char* kRemoveTemplate =
    "DELETE FROM notice_template WHERE step = $1 AND medium = $2 AND type_id = $3";

}  // namespace trunkline::workorder::sql
