// Customers' numbers and addresses: one form to find them by, and how they are shown.
#pragma once
#include <string>

namespace trunkline::workorder {

// Of a telephone number as libs/phone has it ("+8613800138000"); of an e-mail address or another name as it is, in
// lower case. Equal for equal ones; empty for a number that was withheld.
std::string Canonical(const std::string& address);
// "138****8000", "z***@example.com".
std::string Masked(const std::string& address);
// A full number that stands for one subscriber, not a short code or a withheld one.
bool IsSubscriber(const std::string& number);

}  // namespace trunkline::workorder
