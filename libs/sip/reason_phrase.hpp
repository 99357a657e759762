// The phrases of status codes.
#pragma once
#include <string>

namespace trunkline::sip {

// The phrase of a status code; "Status" for an unknown one.
std::string ReasonPhrase(int status);

}  // namespace trunkline::sip
