// What is kept with a live call so that a router that starts again goes on where the old one stood: the contact, the
// statuses of the agents it has moved, and the facts told last, which may not have reached the database.
#pragma once
#include <string>
#include <utility>

#include "acd/app/calls.hpp"
#include "acd/domain/agent.hpp"
#include "acd/domain/contact.hpp"

namespace trunkline::acd {

inline constexpr const char* kContactKey = "acd.contact";
inline constexpr const char* kFactPrefix = "acd.fact.";
// How far the rings below have turned.
inline constexpr const char* kRingsKey = "acd.rings";
inline constexpr const char* kAgentPrefix = "acd.agent.";
// The callback that the caller asked for.
inline constexpr const char* kCallbackKey = "acd.callback";
// Rings: the newest of so many are kept. A fact is on disk within milliseconds; this bridges a database that is away.
inline constexpr uint32_t kFactsKept = 24;
inline constexpr uint32_t kAgentsKept = 12;

std::string PackContact(const Contact& contact);
// INVALID_ARGUMENT with reason BAD_CHECKPOINT when the text is not what PackContact made.
Result<Contact> UnpackContact(const std::string& text);

std::string PackCallback(const Callback& callback);
Result<Callback> UnpackCallback(const std::string& text);

std::string PackAgent(const AgentId& agent, const AgentStatus& status);
Result<std::pair<AgentId, AgentStatus>> UnpackAgent(const std::string& text);

}  // namespace trunkline::acd
