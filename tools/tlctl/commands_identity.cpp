// Users, roles, units and the audit log: one row for each command.
#include "commands.hpp"

namespace trunkline::tlctl {
namespace {

using Strings = std::vector<std::string>;

const Strings kUser{"login_name", "name", "agent_id", "unit_id", "disabled", "roles", "user_id"};
const Argument kUserId{"USER", "user_id", "login name or id"};

const std::vector<Command> kCommands{
    {"user",
     "list",
     "Users",
     "identity",
     "trunkline.identity.v1.Users/ListUsers",
     {{"search", "search", "part of the login name, name or agent id", false}},
     "users",
     kUser},
    {"user", "get", "One user", "identity", "trunkline.identity.v1.Users/GetUser", {kUserId}, "", kUser},
    {"user",
     "put",
     "Add or change a user",
     "identity",
     "trunkline.identity.v1.Users/PutUser",
     {{"JSON", "user", R"({"login_name":"li","name":"Li","roles":[{"role_id":"agent"}]} or @FILE)"}},
     "",
     {"one_time_password", "user"}},
    {"user", "delete", "Remove a user", "identity", "trunkline.identity.v1.Users/DeleteUser", {kUserId}, "", {}},
    {"user",
     "reset",
     "Give a password that holds for one log-in, and lift a lock",
     "identity",
     "trunkline.identity.v1.Users/ResetPassword",
     {kUserId},
     "",
     {"one_time_password"}},
    {"user",
     "sessions",
     "Who is signed in",
     "identity",
     "trunkline.identity.v1.Users/ListSessions",
     {{"user", "user_id", "only this user's (id)", false}},
     "sessions",
     {"session_id", "user_id", "client_address", "seen_time", "expire_time"}},
    {"user",
     "revoke",
     "End a user's sessions everywhere",
     "identity",
     "trunkline.identity.v1.Users/RevokeSessions",
     {kUserId},
     "",
     {}},
    {"role",
     "list",
     "Roles",
     "identity",
     "trunkline.identity.v1.Roles/ListRoles",
     {},
     "roles",
     {"role_id", "title", "shipped", "rights"}},
    {"right",
     "list",
     "Every right and the methods that ask for it",
     "identity",
     "trunkline.identity.v1.Roles/ListRights",
     {},
     "rights",
     {"right", "own", "methods"}},
    {"unit",
     "list",
     "The organisation",
     "identity",
     "trunkline.identity.v1.Units/ListUnits",
     {},
     "units",
     {"unit_id", "title", "parent_id"}},
    {"audit",
     "list",
     "Who did what, newest first",
     "identity",
     "trunkline.identity.v1.Audit/ListEntries",
     {{"actor", "actor_id", "only by this user (id)", false},
      {"action", "action", "only this action", false},
      {"target", "target", "only done to this", false}},
     "entries",
     {"number", "time", "actor_name", "action", "target", "detail", "client_address"}},
};

}  // namespace

const std::vector<Command>& IdentityCommands() { return kCommands; }

}  // namespace trunkline::tlctl
