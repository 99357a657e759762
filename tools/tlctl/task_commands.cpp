// Media and contacts without a call.
#include "commands.hpp"

namespace trunkline::tlctl {
namespace {

using Strings = std::vector<std::string>;

const Strings kMedium{"medium",         "title",         "telephone",        "slots", "labels", "interrupted_by",
                      "time_to_accept", "wrap_up_limit", "returns_when_away"};
const Strings kContact{"contact_id", "medium", "queue_id", "state", "place", "priority", "agent_id", "reference_id"};
const Argument kAgentId{"AGENT", "agent_id", "id of the agent"};
const Argument kContactId{"CONTACT", "contact_id", "id of the contact"};
const Argument kToAgent{"agent", "to.agent", "id or extension", false};
const Argument kToQueue{"queue", "to.queue", "a queue", false};

const std::vector<Command> kCommands{
    {"medium", "list", "What a medium asks of agents", "acd", "trunkline.acd.v1.Media/ListMedia", {}, "media", kMedium},
    {"medium",
     "put",
     "Add or change a medium",
     "acd",
     "trunkline.acd.v1.Media/PutMedium",
     {{"JSON", "medium", R"({"medium":"chat","slots":3,"interrupted_by":{"voice":1}} or @FILE)"}},
     "",
     kMedium},
    {"medium",
     "delete",
     "Remove a medium",
     "acd",
     "trunkline.acd.v1.Media/DeleteMedium",
     {{"MEDIUM", "medium", "its word"}},
     "",
     {}},
    {"task",
     "create",
     "Queue a contact without a call",
     "acd",
     "trunkline.acd.v1.Tasks/CreateTask",
     {{"JSON", "*", R"({"medium":"chat","queue_id":"complaints","reference_id":"7"} or @FILE)"}},
     "",
     kContact},
    {"task",
     "end",
     "The customer left, or the owner takes it back",
     "acd",
     "trunkline.acd.v1.Tasks/EndTask",
     {kContactId, {"withdrawn", "withdrawn", "true: taken back", false}},
     "",
     {}},
    {"task",
     "note",
     "Somebody wrote: true when it was the agent",
     "acd",
     "trunkline.acd.v1.Tasks/NoteMessage",
     {kContactId, {"BY_AGENT", "by_agent", "true or false"}},
     "",
     {}},
    {"task",
     "assign",
     "Give it to an agent or a queue",
     "acd",
     "trunkline.acd.v1.Tasks/AssignTask",
     {kContactId, kToAgent, kToQueue},
     "",
     kContact},
    {"desk",
     "contacts",
     "Everything an agent has, and his room",
     "acd",
     "trunkline.acd.v1.Tasks/ListAgentContacts",
     {kAgentId},
     "contacts",
     {"role", "until_time", "contact"}},
    {"desk",
     "accept",
     "Take a contact that is offered",
     "acd",
     "trunkline.acd.v1.Tasks/AcceptTask",
     {kAgentId, kContactId},
     "",
     kContact},
    {"desk",
     "decline",
     "Leave it to another agent",
     "acd",
     "trunkline.acd.v1.Tasks/DeclineTask",
     {kAgentId, kContactId},
     "",
     {}},
    {"desk",
     "close",
     "The matter is closed; again: the wrap-up ends",
     "acd",
     "trunkline.acd.v1.Tasks/CompleteTask",
     {kAgentId, kContactId},
     "",
     {}},
    {"desk",
     "give",
     "Give a contact to an agent or a queue",
     "acd",
     "trunkline.acd.v1.Tasks/TransferTask",
     {kAgentId, kContactId, kToAgent, kToQueue},
     "",
     kContact},
};

}  // namespace

const std::vector<Command>& TaskCommands() { return kCommands; }

}  // namespace trunkline::tlctl
