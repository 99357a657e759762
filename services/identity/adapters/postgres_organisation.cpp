// Units and roles; few rows, read whole.
#include "identity/adapters/identity_codec.hpp"
#include "identity/adapters/postgres_store.hpp"
#include "versions/versions.hpp"

namespace trunkline::identity {
namespace {

constexpr const char* kUnits = "SELECT unit_id, title, coalesce(parent_id, '') FROM unit ORDER BY unit_id";
constexpr const char* kRoles =
    "SELECT role_id, title, array_to_string(patterns, ' '), shipped FROM role ORDER BY role_id";
constexpr const char* kSaveUnit =
    "INSERT INTO unit VALUES ($1, $2, nullif($3, '')) ON CONFLICT (unit_id) DO UPDATE SET "
    "title = $2, parent_id = nullif($3, '')";
constexpr const char* kSaveRole =
    "INSERT INTO role VALUES ($1, $2, string_to_array($3, ' '), $4) ON CONFLICT (role_id) DO UPDATE SET "
    "title = $2, patterns = string_to_array($3, ' '), shipped = $4";
constexpr const char* kDeleteUnit =
    "DELETE FROM unit WHERE unit_id = $1 AND NOT EXISTS (SELECT FROM unit WHERE parent_id = $1) "
    "AND NOT EXISTS (SELECT FROM account WHERE unit_id = $1) AND NOT EXISTS (SELECT FROM assignment WHERE unit_id = "
    "$1)";
constexpr const char* kDeleteRole =
    "DELETE FROM role WHERE role_id = $1 AND NOT EXISTS (SELECT FROM assignment WHERE role_id = $1)";

std::vector<std::string> Split(const std::string& text) {
    std::vector<std::string> words;
    for (size_t start = 0; start < text.size();) {
        const size_t end = std::min(text.find(' ', start), text.size());
        words.push_back(text.substr(start, end - start));
        start = end + 1;
    }
    return words;
}

std::string Join(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words) {
        text += (text.empty() ? "" : " ") + word;
    }
    return text;
}

}  // namespace

Organisation PostgresOrganisation::Load() {
    Organisation organisation;
    for (const auto& row : transaction_.exec(kUnits)) {
        organisation.units.push_back({row[0].as<std::string>(), row[1].as<std::string>(), row[2].as<std::string>()});
    }
    for (const auto& row : transaction_.exec(kRoles)) {
        organisation.roles.push_back(
            {row[0].as<std::string>(), row[1].as<std::string>(), Split(row[2].as<std::string>()), row[3].as<bool>()});
    }
    return organisation;
}

void PostgresOrganisation::SaveUnit(const Unit& unit) {
    transaction_.exec_params(kSaveUnit, unit.id, unit.title, unit.parent);
    versions::Keep(transaction_, "unit", unit.id, ToProto(unit));
}

void PostgresOrganisation::SaveRole(const Role& role) {
    transaction_.exec_params(kSaveRole, role.id, role.title, Join(role.patterns), role.shipped);
    versions::Keep(transaction_, "role", role.id, ToProto(role, {}));
}

bool PostgresOrganisation::DeleteUnit(const std::string& id) {
    const bool removed = transaction_.exec_params(kDeleteUnit, id).affected_rows() == 1;
    if (removed) {
        versions::KeepRemoval(transaction_, "unit", id);
    }
    return removed;
}

bool PostgresOrganisation::DeleteRole(const std::string& id) {
    const bool removed = transaction_.exec_params(kDeleteRole, id).affected_rows() == 1;
    if (removed) {
        versions::KeepRemoval(transaction_, "role", id);
    }
    return removed;
}

}  // namespace trunkline::identity
