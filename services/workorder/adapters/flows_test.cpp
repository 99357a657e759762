// Every installed flow of the five operators, walked at random as people would: whatever they do, an order can come to
// its end, and its customer is told before it does.
#include <google/protobuf/util/json_util.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <random>

#include "testing/manual_clock.hpp"
#include "trunkline/workorder/v1/stored.pb.h"
#include "workorder/adapters/definition_codec.hpp"
#include "workorder/defaults.hpp"
#include "workorder/domain/steps.hpp"

namespace trunkline::workorder {
namespace {

using std::chrono::hours;

struct Operator {
    explicit Operator(const std::string& name) {
        for (const std::string& file : {std::string("common"), name}) {
            v1::DefaultSet set;
            REQUIRE(google::protobuf::util::JsonStringToMessage(kDefaults.at(file), &set).ok());
            for (const auto& flow : set.flows()) {
                flows[flow.flow_id()] = FromProto(flow);
            }
            for (const auto& calendar : set.calendars()) {
                calendars.emplace(calendar.calendar_id(), FromProto(calendar).value());
            }
            for (const auto& type : set.types()) {
                types.push_back(FromProto(type));
            }
            for (const auto& unit : set.units()) {
                units.push_back(FromProto(unit));
            }
            for (const auto& text : set.templates()) {
                templates.Put({static_cast<Step>(text.step()), static_cast<Medium>(text.medium()), text.type_id()},
                              text.text());
            }
        }
        organisation = Organisation(units, {{"crew", "一班", kCentre, "13700137000"}});
    }
    Rules RulesOf(const TypeDefinition& type) const {
        return {type, flows.at(type.flow_id), calendars.at(type.calendar_id.empty() ? "office" : type.calendar_id),
                organisation, templates};
    }
    std::map<std::string, Flow> flows;
    std::map<std::string, WorkingCalendar> calendars;
    std::vector<TypeDefinition> types;
    std::vector<Unit> units;
    Organisation organisation;
    Templates templates;
};

std::string Sound(const Field& field) {
    switch (field.kind) {
        case FieldKind::kNumber:
        case FieldKind::kMoney:
            return std::to_string(static_cast<int>(std::max(1.0, field.minimum)));
        case FieldKind::kChoice:
        case FieldKind::kChoices:
            return field.choices.at(0);
        case FieldKind::kDate:
            return "2026-03-02";
        case FieldKind::kDateTime:
            return "2026-03-02 09:30";
        case FieldKind::kPhone:
            return "13800138000";
        case FieldKind::kEmail:
            return "li@example.org";
        case FieldKind::kYesNo:
            return "true";
        case FieldKind::kPlate:
            return "粤B12345";
        default:
            return field.choices.empty() ? "x" : field.choices[0];
    }
}

Values Filled(const TypeDefinition& type) {
    Values values;
    for (const Field& field : type.fields) {
        if (field.required || field.kind == FieldKind::kCause) {
            values[field.id] = Sound(field);
        }
    }
    return values;
}

class Walk {
 public:
    Walk(const Operator& op, const TypeDefinition& type, unsigned seed)
        : operator_(op), rules_(op.RulesOf(type)), random_(seed), now_(FromUnixMillis(1'772'413'200'000)) {
        NewOrder wanted;
        wanted.id = OrderId{"01"};
        wanted.number = "20260302-000001";
        wanted.title = "x";
        wanted.fields = Filled(type);
        wanted.customer_number = "13800138000";
        wanted.calendar_id = "office";
        if (random_() % 2 == 0) {
            wanted.branch = AnyUnit();
        }
        auto created = CreateOrder(wanted, rules_, boss_, now_);
        INFO((created.ok() ? "" : created.error().message));
        REQUIRE(created.ok());
        Keep(std::move(created).value());
    }

    // One step that is offered, by somebody for whom it is; false when nobody has one that leads on.
    bool Go() {
        now_ += hours{random_() % 30};
        std::vector<const FlowStep*> ways;
        for (const AvailableStep& step : AvailableSteps(order_, rules_, boss_)) {
            if (step.blocked.empty()) {
                ways.push_back(step.step);
            }
        }
        std::shuffle(ways.begin(), ways.end(), random_);
        for (const FlowStep* way : ways) {
            if (Take(*way)) {
                return true;
            }
        }
        auto ticked = Tick(order_, rules_, now_);
        REQUIRE(ticked.ok());
        const bool moved = !ticked->news.entries.empty();
        Keep(std::move(ticked).value());
        return moved;
    }
    // Straight on by steps of the flow alone, in the order people expect.
    void Finish() {
        for (int i = 0; i < 60 && order_.IsOpen(); ++i) {
            if (order_.suspended) {
                REQUIRE(Take(Named(Step::kResume)));
            }
            for (size_t helper = 0; helper < order_.assists.size(); ++helper) {
                if (!order_.assists[helper].done) {
                    REQUIRE(Take(Named(Step::kAssist)));
                }
            }
            const auto ways = rules_.flow.From(order_.state_id);
            const auto taken = std::find_if(ways.begin(), ways.end(), [&](const FlowStep* way) {
                return way->by != By::kSystem && way->step != Step::kRefuse && way->step != Step::kForward &&
                       Take(*way);
            });
            INFO(rules_.flow.id << " has no way out of " << order_.state_id);
            REQUIRE(taken != ways.end());
        }
        INFO(rules_.flow.id << " does not end from " << order_.state_id);
        REQUIRE_FALSE(order_.IsOpen());
    }
    const Order& order() const { return order_; }
    int ends() const { return ends_; }

 private:
    std::string AnyUnit() { return operator_.units[random_() % operator_.units.size()].id; }
    FlowStep Named(Step step) {
        FlowStep named;
        named.step = step;
        return named;
    }
    bool Take(const FlowStep& way) {
        StepRequest request;
        request.step = way.step;
        request.step_id = way.id;
        request.text = "处理结果";
        request.branch = AnyUnit();
        request.helpers = {order_.assists.empty() || way.step != Step::kAssist ? AnyUnit() : ""};
        request.days = 1;
        request.until = now_ + hours{5};
        request.score = 3;
        request.crew = "crew";
        request.fields = Filled(rules_.type);
        if (way.step == Step::kAssist) {
            for (const Assist& assist : order_.assists) {
                request.helpers = assist.done ? request.helpers : std::vector<std::string>{assist.unit};
            }
        }
        request.incident = way.step == Step::kRelate ? "i1" : "";
        auto taken = TakeStep({order_, request, boss_, {}, nullptr}, rules_, now_);
        if (taken.ok()) {
            Keep(std::move(taken->change));
        }
        return taken.ok();
    }
    // What must hold whatever happened.
    void Keep(Change change) {
        const bool was_open = order_.IsOpen() || order_.revision == 0;
        order_ = std::move(change.order);
        for (const NoticeDraft& notice : change.news.notices) {
            told_ = told_ || notice.text.find("处理结果") != std::string::npos;
        }
        REQUIRE(order_.owner.empty() == !order_.IsOpen());
        if (was_open && !order_.IsOpen()) {
            ++ends_;
            REQUIRE(order_.answered);
            REQUIRE(told_);
        }
        told_ = told_ && (order_.IsOpen() || order_.answered);
    }

    const Operator& operator_;
    Rules rules_;
    std::mt19937 random_;
    TimePoint now_;
    Who boss_{"boss", "", {kApproveRight}, true, {}};
    Order order_;
    bool told_ = false;
    int ends_ = 0;
};

TEST_CASE("flows: no walk through an installed flow of any operator gets stuck or ends untold",
          "[workorder][property]") {
    for (const char* name : {"bus", "coach", "gas", "tourism", "railway"}) {
        const Operator op(name);
        int ends = 0;
        for (const TypeDefinition& type : op.types) {
            INFO(name << " " << type.id);
            for (unsigned seed = 0; seed < 40; ++seed) {
                Walk walk(op, type, seed);
                for (int i = 0; i < 40; ++i) {
                    const bool went = walk.Go();
                    INFO(walk.order().state_id);
                    REQUIRE((went || !walk.order().IsOpen()));
                }
                walk.Finish();
                ends += walk.ends();
            }
        }
        REQUIRE(ends > 100);
    }
}

}  // namespace
}  // namespace trunkline::workorder
