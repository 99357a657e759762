// Numbers of callers who shall be called back.
#pragma once
#include <string>

#include "acd/app/calls.hpp"
#include "acd/domain/callback.hpp"

namespace trunkline::acd {

// One text for all spellings of a number; empty when nobody can be called there.
std::string KeyOf(const std::string& number);
// The number that a call came from.
CallbackNumber CallerOf(const std::string& from_number);
// What a caller keyed in: a subscriber of this country with his area code, so that nobody makes us call abroad.
CallbackNumber NumberKeyed(const std::string& digits);
// What goes along from the call that asked: what self service found out, not where the call stood.
std::map<std::string, std::string> DataForCallback(const calls::Data& data);

}  // namespace trunkline::acd
