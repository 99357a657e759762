// One fact of the writer for each batch of the desk.
#include "acd/adapters/bus_facts.hpp"

#include "acd/adapters/fact_messages.hpp"
#include "acd/adapters/postgres_settings.hpp"
#include "log/keys.hpp"
#include "log/log.hpp"

namespace trunkline::acd {

void BusFacts::Store(Batch batch) {
    bus::Fact fact;
    for (const Fact& told : batch.facts) {
        fact.events.push_back(ToEvent(told));
    }
    if (!batch.agents.empty()) {
        fact.apply = [agents = std::move(batch.agents)](pqxx::work& transaction) {
            for (const auto& [agent, status] : agents) {
                SaveStatus(transaction, agent, status);
            }
        };
    }
    writer_.Post(std::move(fact));
}

std::string BusFacts::Pack(const Fact& fact) const { return PackEvent(ToEvent(fact)); }

void BusFacts::Retell(const std::string& packed) {
    Result<bus::Event> event = UnpackEvent(packed);
    if (!event.ok()) {
        log::Warning("a fact kept with a call is lost", {{log::kReason, event.error().reason}});
        return;
    }
    writer_.Post(std::move(*event));
}

}  // namespace trunkline::acd
