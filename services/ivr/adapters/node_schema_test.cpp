// Every kind of node and every field of it can be edited: none is without words or without a control.
#include "ivr/adapters/node_schema.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

namespace trunkline::ivr {
namespace {

const v1::NodeField& FieldOf(const v1::DescribeNodesResponse& schema, const std::string& kind,
                             const std::string& name) {
    const auto found = std::find_if(schema.kinds().begin(), schema.kinds().end(),
                                    [&](const v1::NodeKind& each) { return each.kind() == kind; });
    REQUIRE(found != schema.kinds().end());
    const auto field = std::find_if(found->fields().begin(), found->fields().end(),
                                    [&](const v1::NodeField& each) { return each.name() == name; });
    REQUIRE(field != found->fields().end());
    return *field;
}

}  // namespace

TEST_CASE("node schema: every kind and field has words in both languages and a control", "[ivr][schema]") {
    const auto schema = DescribeNodes();
    CHECK(schema.kinds_size() == v1::Node::descriptor()->FindOneofByName("kind")->field_count());
    for (const v1::NodeKind& kind : schema.kinds()) {
        CAPTURE(kind.kind());
        CHECK_FALSE(kind.zh().empty());
        CHECK_FALSE(kind.en().empty());
        for (const v1::NodeField& field : kind.fields()) {
            CAPTURE(field.name());
            CHECK_FALSE(field.shown().zh().empty());
            CHECK_FALSE(field.shown().en().empty());
            CHECK(field.control() != v1::NodeField::CONTROL_UNSPECIFIED);
        }
    }
}

TEST_CASE("node schema: controls follow from types and options", "[ivr][schema]") {
    const auto schema = DescribeNodes();
    CHECK(FieldOf(schema, "menu", "keys").control() == v1::NodeField::KEY_EXITS);
    CHECK(FieldOf(schema, "menu", "timeout").control() == v1::NodeField::SECONDS);
    CHECK(FieldOf(schema, "menu", "failed").control() == v1::NodeField::EXIT);
    CHECK(FieldOf(schema, "menu", "tries").shown().most() == 5);
    CHECK(FieldOf(schema, "say", "text").control() == v1::NodeField::LONG_TEXT);
    CHECK(FieldOf(schema, "say", "bargeIn").control() == v1::NodeField::SWITCH);
    CHECK(FieldOf(schema, "hours", "spans").control() == v1::NodeField::SPANS);
    CHECK(FieldOf(schema, "hours", "closedDates").control() == v1::NodeField::LIST);
    CHECK(FieldOf(schema, "condition", "operator").control() == v1::NodeField::CHOICE);
    CHECK(FieldOf(schema, "queue", "queue").control() == v1::NodeField::QUEUE);
}

}  // namespace trunkline::ivr
