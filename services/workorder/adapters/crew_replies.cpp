// A crew that only says "done" has accepted and arrived too, so the steps before are taken where the flow has them.
#include "workorder/adapters/crew_replies.hpp"

#include <algorithm>
#include <array>

#include "workorder/adapters/numbers.hpp"
#include "workorder/adapters/order_codec.hpp"
#include "workorder/domain/crew_reply.hpp"

namespace trunkline::workorder {
namespace {

using Answer = v1::ReceiveCrewMessageResponse;
using Open = std::vector<ServiceStore::OpenOrder>;

constexpr const char* kHelp = "请回复 1 接单，2 到场，3 完成加说明";

const Crew* Sender(const Settings& settings, const std::string& number) {
    const std::string canonical = Canonical(number);
    for (const Crew& crew : settings.units().crews()) {
        if (!crew.retired && !canonical.empty() && Canonical(crew.number) == canonical) {
            return &crew;
        }
    }
    return nullptr;
}

Answer Say(const char* outcome, const std::string& reply) {
    Answer answer;
    answer.set_outcome(outcome);
    answer.set_reply(reply);
    return answer;
}

// The order meant, or why none is.
const ServiceStore::OpenOrder* Choose(const Open& orders, CrewReply& reply, Answer& why) {
    for (const auto& order : orders) {
        if (IsMeant(reply.code, order.number)) {
            return &order;
        }
    }
    // A whole number that is none of his must not become the text of another order.
    if (reply.code.find('-') != std::string::npos || orders.empty()) {
        why = Say("NO_ORDER", orders.empty() ? "没有派给您的工单" : "没有派给您的工单" + reply.code);
        return nullptr;
    }
    reply.text = reply.all;
    if (orders.size() == 1) {
        return &orders[0];
    }
    std::string numbers;
    for (const auto& order : orders) {
        numbers += (numbers.empty() ? "" : "、") + order.number;
    }
    why = Say("WHICH_ORDER", "您有多张工单，请在数字后加工单号：" + numbers);
    return nullptr;
}

class Mover {
 public:
    Mover(const CrewParts& parts, const Crew& crew, std::string request_id)
        : parts_(parts), who_{crew.id, crew.unit, {}, false, {}}, request_id_(std::move(request_id)) {}

    // Everything up to the word, as far as the order's flow has it.
    Status Take(const std::string& order_id, const CrewReply& reply) {
        const std::array stages{std::pair(CrewWord::kAccept, Step::kAccept),
                                std::pair(CrewWord::kArrived, Step::kHandle),
                                std::pair(CrewWord::kDone, Step::kFeedBack)};
        for (const auto& [word, step] : stages) {
            if (word > reply.word) {
                break;
            }
            const bool moves = HasStep(order_id, step);
            const bool last = word == reply.word;
            if (!moves && !last) {
                continue;
            }
            // Accepted or arrived twice is still told in the log.
            const bool told = last && !moves && word != CrewWord::kDone;
            if (Status taken = TakeOne(order_id, told ? Step::kHandle : step, TextOf(word, last ? reply.text : ""));
                !taken.ok()) {
                return taken;
            }
        }
        return {};
    }

 private:
    static std::string TextOf(CrewWord word, const std::string& text) {
        static constexpr std::array kNames{"", "接单", "到场", "完成"};
        const std::string name = kNames.at(static_cast<size_t>(word));
        return text.empty() ? name : word == CrewWord::kDone ? text : name + "：" + text;
    }
    // One that moves the order to another state.
    bool HasStep(const std::string& order_id, Step step) {
        const auto found = parts_.reader.Find(order_id, {});
        const auto settings = parts_.catalogue.Now();
        if (!found.ok()) {
            return false;
        }
        const Order order = FromStored(found->stored);
        const auto rules = settings->For(order);
        const auto steps = rules.ok() ? AvailableSteps(order, *rules, who_) : std::vector<AvailableStep>{};
        return std::any_of(steps.begin(), steps.end(), [&](const AvailableStep& available) {
            return available.step->step == step && !available.step->to.empty();
        });
    }
    Status TakeOne(const std::string& order_id, Step step, const std::string& text) {
        StepCall call;
        call.request_id = request_id_ + "/" + Name(step);
        call.order_id = order_id;
        call.request.step = step;
        call.request.text = text;
        const auto done = parts_.desk.Step(std::move(call), who_);
        return done.ok() ? Status{} : Status{done.error()};
    }

    const CrewParts& parts_;
    Who who_;
    std::string request_id_;
};

Result<Answer> Understand(const CrewParts& parts, const Crew& crew, const v1::ReceiveCrewMessageRequest& request) {
    auto reply = ParseCrewReply(request.text());
    if (!reply) {
        return Say("NOT_UNDERSTOOD", kHelp);
    }
    const auto orders = parts.store.OrdersOfCrew(crew.id);
    if (!orders.ok()) {
        return orders.error();
    }
    Answer answer;
    const auto* order = Choose(*orders, *reply, answer);
    if (order == nullptr) {
        return answer;
    }
    const Status taken = Mover(parts, crew, "crew/" + request.request_id()).Take(order->order_id, *reply);
    if (!taken.ok() && taken.error().code == Code::kUnavailable) {
        return taken.error();  // to be sent again
    }
    answer = taken.ok() ? Say("TAKEN", "工单" + order->number + "已登记")
                        : Say("REFUSED", "工单" + order->number + "现在不能这样登记，请联系派单人员");
    answer.set_order_id(order->order_id);
    answer.set_number(order->number);
    return answer;
}

}  // namespace

Result<Answer> TakeCrewMessage(const CrewParts& parts, const v1::ReceiveCrewMessageRequest& request) {
    if (request.request_id().empty() || request.request_id().size() > 60 || request.from_number().size() > 100 ||
        request.text().size() > 5000) {
        return Error{Code::kInvalidArgument, "BAD_FIELD",
                     "request_id must be given, up to 60 bytes; text up to 5000 bytes"};
    }
    const auto known = parts.store.FindCrewMessage(request.request_id());
    if (!known.ok() || *known) {
        return known.ok() ? Result<Answer>(**known) : Result<Answer>(known.error());
    }
    const auto settings = parts.catalogue.Now();
    const Crew* crew = Sender(*settings, request.from_number());
    auto answer = crew == nullptr ? Result<Answer>(Say("UNKNOWN_SENDER", "")) : Understand(parts, *crew, request);
    if (!answer.ok()) {
        return answer;
    }
    if (Status kept = parts.store.KeepCrewMessage(request, crew == nullptr ? "" : crew->id, *answer); !kept.ok()) {
        return kept.error();
    }
    return answer;
}

}  // namespace trunkline::workorder
