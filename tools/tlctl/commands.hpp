// The commands as data: each is one method of the suite, its arguments, and the columns people see.
#pragma once
#include <string>
#include <vector>

namespace trunkline::tlctl {

struct Argument {
    std::string name;   // shown in the help
    std::string field;  // path in the request: "agent_id", "order.title"; "*" means the whole request as JSON
    std::string help;
    bool needed = true;  // a positional argument; otherwise an option --name
};

struct Command {
    std::string group;  // "agent"
    std::string verb;   // "login"
    std::string help;
    std::string service;  // "acd"
    std::string method;   // "trunkline.acd.v1.Agents/LogInAgent"
    std::vector<Argument> arguments;
    std::string rows;                  // repeated field shown as a table; empty: the answer itself is one row
    std::vector<std::string> columns;  // fields shown without --json
};

const std::vector<Command>& Commands();
// Parts of the above, in files of their own.
const std::vector<Command>& CallCommands();
const std::vector<Command>& CustomerCommands();
const std::vector<Command>& IdentityCommands();
const std::vector<Command>& KnowledgeCommands();
const std::vector<Command>& TaskCommands();
const std::vector<Command>& WorkOrderCommands();

}  // namespace trunkline::tlctl
