// Work orders: steps, lists, clocks, and what an operator changes about them.
#include "commands.hpp"

namespace trunkline::tlctl {
namespace {

using Strings = std::vector<std::string>;

const Strings kOrder{"number", "type_name", "state_name", "title", "branch", "owner", "due_time", "contact_id"};
const Strings kVersion{"type_id", "flow_id", "version"};
const Argument kOrderId{"ORDER", "order_id", "number or id of the order"};
const Argument kActor{"actor", "actor", "who does it", false};

Command Orders(const char* verb, const char* help, const char* method, std::vector<Argument> arguments) {
    return {"order",
            verb,
            help,
            "workorder",
            std::string("trunkline.workorder.v1.WorkOrders/") + method,
            std::move(arguments),
            "",
            kOrder};
}

Command Setting(const char* verb, const char* help, const char* method, std::vector<Argument> arguments) {
    return {"order",
            verb,
            help,
            "workorder",
            std::string("trunkline.workorder.v1.WorkOrderSettings/") + method,
            std::move(arguments),
            "",
            {}};
}

Command WithRows(Command command, const char* rows, Strings columns) {
    command.rows = rows;
    command.columns = std::move(columns);
    return command;
}

std::vector<Command> StepCommands() {
    return {
        Orders(
            "create", "Open a work order", "CreateOrder",
            {{"JSON", "*",
              R"({"type":"COMPLAINT","title":"...","branch":"...","actor":"1001","fields":{"line":"12"}} or @FILE)"}}),
        Orders("step", "Take a step on a work order", "TakeStep",
               {kOrderId,
                {"STEP", "step",
                 "ACCEPT, FEED_BACK, VERIFY, CLOSE, FORWARD, ASK_EXTENSION, GRANT ...; `order steps` shows which"},
                kActor,
                {"text", "text", "what was done", false},
                {"branch", "branch", "DISPATCH, FORWARD: the new unit", false},
                {"other", "other_order_id", "MERGE, RELATE: the other order", false},
                {"days", "working_days", "ASK_EXTENSION: how many working days", false},
                {"until", "until_time", "ASK_SUSPENSION: at the latest until then", false},
                {"score", "score", "RATE: 1 to 5", false},
                {"revision", "revision", "refuse when the order has changed since", false}}),
        Orders("get", "One work order with its log", "GetOrder", {kOrderId}),
        WithRows(Orders("log", "The steps of a work order", "GetOrder", {kOrderId}), "log",
                 {"number", "time", "step", "actor", "state", "owner", "text", "detail"}),
        WithRows(
            Orders("steps", "What may be done with a work order now, and what not and why", "GetOrder", {kOrderId}),
            "steps", {"step_id", "step", "name", "text_required", "blocked"}),
        WithRows(Orders("clocks", "The clocks of a work order", "GetOrder", {kOrderId}), "clocks",
                 {"kind", "start_time", "due_time", "stop_time", "percent", "paused", "extended_minutes"}),
        WithRows(Orders("explain", "How a deadline came to be, day by day", "ExplainDeadline",
                        {kOrderId, {"clock", "clock", "TOTAL, FIRST_RESPONSE, HANDING_OVER or HANDLING", false}}),
                 "days", {"date", "layer", "name", "spans", "counted_minutes"}),
        WithRows(Orders("count", "How many open orders wait, by what they wait for", "CountOrders",
                        {{"unit", "unit_id", "only of this unit", false}}),
                 "", {"to_approve", "to_dispatch", "to_accept", "in_hand", "to_verify", "overdue", "urged", "open"}),
    };
}

std::vector<Command> ListCommands() {
    return {
        WithRows(Orders("list", "Work orders, newest first", "ListOrders",
                        {{"state", "state", "only in this state", false},
                         {"branch", "branch", "only of this branch", false},
                         {"contact", "contact_id", "only of this contact", false},
                         {"unit", "unit_id", "only those that this unit has to do with", false},
                         {"type", "type_id", "only of this type", false},
                         {"text", "text", "words in title, description, form or answer", false},
                         {"line", "line", "only of this line", false},
                         {"caller", "customer_number", "only of this customer's number", false},
                         {"overdue", "overdue_only", "true: only late ones", false},
                         {"open", "open_only", "true: only open ones", false},
                         {"sort", "sort", "NEWEST or DUE", false}}),
                 "orders", kOrder),
        {"order",
         "urge",
         "Urge a work order on behalf of the customer who calls",
         "workorder",
         "trunkline.workorder.v1.Progress/UrgeByCustomer",
         {{"NUMBER", "proof.number", "number of the order"},
          {"code", "proof.check_code", "the check code told with it", false},
          {"caller", "proof.caller_number", "the number he calls from", false},
          {"text", "text", "what he says", false}},
         "",
         {"number", "state_name", "urge_count", "sentence"}},
        {"order",
         "progress",
         "How far a work order is, as a customer is told",
         "workorder",
         "trunkline.workorder.v1.Progress/AskProgress",
         {{"NUMBER", "proof.number", "number of the order"},
          {"code", "proof.check_code", "the check code told with it", false},
          {"caller", "proof.caller_number", "the number he calls from", false}},
         "",
         {"number", "state_name", "due_time", "sentence"}},
    };
}

std::vector<Command> OutcomeCommands() {
    return {
        {"order",
         "notices",
         "Messages to customers, newest first",
         "workorder",
         "trunkline.workorder.v1.Notices/ListNotices",
         {{"state", "state", "PENDING, TAKEN, SENT, DELIVERED or FAILED", false},
          {"medium", "medium", "MEDIUM_SMS ...", false}},
         "notices",
         {"number", "step", "medium", "address", "state", "tries", "text"}},
        {"order",
         "statistics",
         "Figures of work orders",
         "workorder",
         "trunkline.workorder.v1.WorkOrderFigures/GetStatistics",
         {{"FROM", "from_time", "2026-10-01T00:00:00+08:00"},
          {"TO", "to_time", "the end of the period"},
          {"by", "by", "BY_TYPE, BY_AREA, BY_LINE, BY_BRANCH, BY_CAUSE, BY_SOURCE or BY_DAY", false}},
         "rows",
         {"key", "name", "created", "closed", "due", "on_time", "overdue", "urged", "reopened", "average_hours"}},
        {"order",
         "hot-spots",
         "Lines, areas or causes with the most orders",
         "workorder",
         "trunkline.workorder.v1.WorkOrderFigures/GetHotSpots",
         {{"FROM", "from_time", "2026-10-01T00:00:00+08:00"},
          {"TO", "to_time", "the end of the period"},
          {"by", "by", "BY_LINE, BY_AREA, BY_CAUSE or BY_BRANCH", false}},
         "spots",
         {"key", "orders", "orders_before", "main_cause"}},
    };
}

std::vector<Command> SettingCommands() {
    return {
        WithRows(Setting("types", "Types of orders", "ListTypes", {}), "types",
                 {"type_id", "kind", "name", "flow_id", "calendar_id"}),
        WithRows(Setting("flows", "Flows of orders", "ListFlows", {}), "flows", {"flow_id", "name"}),
        WithRows(Setting("units", "Departments and branch sites", "ListUnits", {}), "units",
                 {"unit_id", "name", "parent_id", "calendar_id"}),
        WithRows(Setting("calendars", "Working calendars", "ListCalendars", {}), "calendars",
                 {"calendar_id", "name", "time_zone", "revision"}),
        Setting("get-type", "One type (with --json), to be changed and saved", "GetType",
                {{"TYPE", "type_id", "the type"}}),
        Setting("get-flow", "One flow (with --json), to be changed and saved", "GetFlow",
                {{"FLOW", "flow_id", "the flow"}}),
        WithRows(Setting("save-type", "Save a type as a draft", "SaveType",
                         {{"JSON", "type", "the type, or @FILE"}, kActor}),
                 "", kVersion),
        WithRows(Setting("save-flow", "Save a flow as a draft", "SaveFlow",
                         {{"JSON", "flow", "the flow, or @FILE"}, kActor}),
                 "", kVersion),
        WithRows(Setting("check-flow", "What keeps a flow from being published", "CheckFlow",
                         {{"JSON", "*", "the flow, or @FILE"}}),
                 "faults", {"place", "reason", "message"}),
        Setting("publish-type", "Publish the draft of a type", "PublishType",
                {{"TYPE", "id", "the type"}, kActor, {"note", "note", "why", false}}),
        Setting("publish-flow", "Publish the draft of a flow", "PublishFlow",
                {{"FLOW", "id", "the flow"}, kActor, {"note", "note", "why", false}}),
        Setting("put-unit", "Add or change a unit", "PutUnit",
                {{"JSON", "unit", R"({"unit_id":"east","name":"...","parent_id":"centre"})"}}),
        WithRows(Setting("close-now", "Close a calendar (or open it, with --open true) from one moment to another",
                         "OverrideCalendar",
                         {{"CALENDAR", "calendar_id", "the calendar"},
                          {"FROM", "from_time", "2026-10-01T00:00:00+08:00"},
                          {"TO", "to_time", "the end"},
                          {"REASON", "reason", "why"},
                          {"open", "open", "true: open instead", false},
                          kActor}),
                 "", {"calendar_id", "revision"}),
        WithRows(Setting("install", "Add the defaults of an operator", "InstallDefaults",
                         {{"OPERATOR", "operator", "bus, coach, gas, tourism or railway"}, kActor}),
                 "", {"added"}),
    };
}

}  // namespace

const std::vector<Command>& WorkOrderCommands() {
    static const std::vector<Command> all = [] {
        std::vector<Command> commands;
        for (const auto& part : {StepCommands(), ListCommands(), OutcomeCommands(), SettingCommands()}) {
            commands.insert(commands.end(), part.begin(), part.end());
        }
        return commands;
    }();
    return all;
}

}  // namespace trunkline::tlctl
