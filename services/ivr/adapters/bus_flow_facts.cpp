// Each fact is named by contact, step and node, so that telling it after a restart stores it once.
#include "ivr/adapters/bus_flow_facts.hpp"

#include "trunkline/ivr/v1/events.pb.h"

namespace trunkline::ivr {
namespace {

std::string Identity(const ContactId& contact, uint32_t step, const std::string& node) {
    return contact.str() + "/" + std::to_string(step) + "/" + node;
}

}  // namespace

void BusFlowFacts::Started(const ContactId& contact, const FlowVersion& flow, TimePoint at) {
    v1::FlowStarted fact;
    fact.set_contact_id(contact.str());
    fact.set_flow(flow.name);
    fact.set_version(flow.version);
    counters_.started.Increment();
    writer_.Post(bus::MakeEvent(fact, contact.str(), contact.str() + "/" + flow.name, at));
}

void BusFlowFacts::Entered(const ContactId& contact, const FlowVersion& flow, const NodeEntry& entry, TimePoint at) {
    v1::NodeEntered fact;
    fact.set_contact_id(contact.str());
    fact.set_flow(flow.name);
    fact.set_version(flow.version);
    fact.set_node_id(entry.node);
    fact.set_step(entry.step);
    fact.set_kind(entry.kind);
    writer_.Post(bus::MakeEvent(fact, contact.str(), Identity(contact, entry.step, entry.node), at));
}

void BusFlowFacts::Left(const ContactId& contact, const NodeExit& exit, TimePoint at) {
    v1::NodeLeft fact;
    fact.set_contact_id(contact.str());
    fact.set_node_id(exit.node);
    fact.set_step(exit.step);
    fact.set_exit(exit.exit);
    if (exit.exit == "not spoken" || exit.exit == "not played") counters_.unspoken.Increment();
    writer_.Post(bus::MakeEvent(fact, contact.str(), Identity(contact, exit.step, exit.node), at));
}

void BusFlowFacts::Ended(const ContactId& contact, const std::string& flow, uint32_t step, EndReason reason,
                         TimePoint at) {
    v1::FlowEnded fact;
    fact.set_contact_id(contact.str());
    fact.set_flow(flow);
    fact.set_reason(std::string(ToString(reason)));
    counters_.ended(reason).Increment();
    writer_.Post(bus::MakeEvent(fact, contact.str(), Identity(contact, step, flow), at));
}

}  // namespace trunkline::ivr
