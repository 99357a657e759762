// The row of an order: its body and the columns that lists, counts and figures need of it.
#pragma once
#include <pqxx/pqxx>
#include <string>

#include "workorder/domain/order.hpp"

namespace trunkline::workorder {

void InsertOrder(pqxx::work& transaction, const Change& change, const std::string& check_code);
void UpdateOrder(pqxx::work& transaction, const Change& change);

// A UUID, as ids of orders are; numbers that people are told never look like one.
bool LooksLikeId(const std::string& text);
// The token by which a form field's value is found.
std::string FieldToken(const std::string& field, const std::string& value);
// Text for array_to_tsvector(string_to_array($n, E'\x1f')).
inline constexpr char kTokenSeparator = '\x1f';
std::string SearchTokens(const Order& order);

}  // namespace trunkline::workorder
