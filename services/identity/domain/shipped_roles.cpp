// One row for each role. Patterns, so that a service that is added later is in the right hands at once.
#include "identity/domain/shipped_roles.hpp"

namespace trunkline::identity {

const std::vector<Role>& ShippedRoles() {
    static const std::vector<Role> roles{
        {"agent",
         "坐席",
         {"desk.*", "*.*.own", "acd.queues.read", "acd.agents.read", "acd.categories.read", "workorder.*.read",
          "workorder.orders.create", "workorder.orders.step", "workorder.progress.ask", "customer.*.read",
          "customer.customers.write", "knowledge.*.read", "knowledge.articles.send"},
         true},
        {"supervisor",
         "班长",
         {"desk.*", "*.*.own", "acd.*", "trunk.calls.*", "trunk.events.read", "trunk.directory.read",
          "trunk.browser_phones.*", "ivr.flows.read", "ivr.events.read", "recording.*.read", "recording.*.play",
          "recording.*.hold", "reporting.*", "workorder.*", "customer.*", "knowledge.*", "identity.users.read",
          "identity.roles.read"},
         true},
        {"branch",
         "分公司承办",
         {"workorder.orders.read", "workorder.orders.step", "workorder.events.read", "knowledge.*.read", "*.*.own"},
         true},
        {"inspector",
         "质检",
         {"recording.*.read", "recording.*.play", "reporting.*", "workorder.*.read", "customer.*.read",
          "knowledge.*.read", "acd.*.read", "quality.*", "*.*.own"},
         true},
        {"knowledge_editor", "知识库编辑", {"knowledge.*", "*.*.own"}, true},
        {kAdministratorRole, "管理员", {"*"}, true},
    };
    return roles;
}

}  // namespace trunkline::identity
