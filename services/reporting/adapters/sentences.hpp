// Events as people read them.
#pragma once
#include <string>

namespace trunkline::reporting {

// The contact an event names; empty when it names none or its type is unknown here.
std::string ContactOf(const std::string& type, const std::string& payload);

// The event's fields as JSON with phone numbers masked; "{}" when the type is unknown here.
std::string MaskedJson(const std::string& type, const std::string& payload);

// One English sentence, made from a template of the type and the event's fields.
std::string Sentence(const std::string& type, const std::string& payload);

}  // namespace trunkline::reporting
