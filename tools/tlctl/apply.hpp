// Brings a whole set-up in: phones, trunks, numbers, queues, agents and flows of one JSON file.
#pragma once
#include <string>

#include "invoke.hpp"

namespace trunkline::tlctl {

// {"phones": [...], "trunks": [...], "numbers": [...], "queues": [...], "agents": [...], "flows": ["file.json"],
// "logins": [{"agent_id": "1001"}], "states": [{"agent_id": "1001", "state": "READY"}]}; flow files are looked up
// beside the file, a flow may stand in it, too. Prints a line for each object; stops at the first that is refused,
// naming it.
Status Apply(Suite& suite, const std::string& path);

// The text of a file. kNotFound names it.
Result<std::string> ReadFile(const std::string& path);

}  // namespace trunkline::tlctl
