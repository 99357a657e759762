// From events to tables. One file for each event type that fills a table of its own; every one may run twice.
#pragma once
#include <pqxx/pqxx>

#include "bus/subscriber.hpp"

namespace trunkline::reporting {

// trunkline.acd.v1.ContactQueued and ContactDequeued -> queue_segment.
void ProjectQueueSegment(pqxx::work& transaction, const bus::Received& event);
// trunkline.acd.v1.AgentSegmentEnded and WrapUpEnded -> agent_segment.
void ProjectAgentSegment(pqxx::work& transaction, const bus::Received& event);
// trunkline.acd.v1.ContactTransferred, when it was completed -> transfer.
void ProjectTransfer(pqxx::work& transaction, const bus::Received& event);
// trunkline.acd.v1.AgentStateChanged -> agent_state, agent_now.
void ProjectAgentState(pqxx::work& transaction, const bus::Received& event);
// trunkline.acd.v1.CallbackRequested and CallbackEnded -> callback.
void ProjectCallback(pqxx::work& transaction, const bus::Received& event);
// Every event that names a contact -> timeline.
void ProjectTimeline(pqxx::work& transaction, const bus::Received& event);

// All of them; the bus handler.
void Project(pqxx::work& transaction, const bus::Received& event);

}  // namespace trunkline::reporting
