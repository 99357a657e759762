// One fact of the writer for each batch of the desk.
#include "acd/adapters/bus_facts.hpp"

#include "acd/adapters/fact_messages.hpp"
#include "acd/adapters/postgres_callbacks.hpp"
#include "acd/adapters/postgres_settings.hpp"
#include "acd/adapters/postgres_tasks.hpp"
#include "log/keys.hpp"
#include "log/log.hpp"

namespace trunkline::acd {

void BusFacts::Store(Batch batch) {
    bus::Fact fact;
    for (const Fact& told : batch.facts) {
        fact.events.push_back(ToEvent(told));
    }
    const bool rows = !batch.agents.empty() || !batch.tasks.empty() || !batch.gone_tasks.empty() ||
                      !batch.callbacks.empty() || !batch.forgotten_callbacks.empty();
    if (rows) {
        batch.facts.clear();
        fact.apply = [batch = std::move(batch)](pqxx::work& transaction) {
            for (const auto& [agent, status] : batch.agents) {
                SaveStatus(transaction, agent, status);
            }
            for (const Callback& callback : batch.callbacks) {
                SaveCallback(transaction, callback);
            }
            for (const CallbackId& id : batch.forgotten_callbacks) {
                DeleteCallback(transaction, id);
            }
            for (const Task& task : batch.tasks) {
                SaveTask(transaction, task);
            }
            for (const ContactId& task : batch.gone_tasks) {
                DeleteTask(transaction, task);
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
