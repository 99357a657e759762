// As a public office files it: who asked, for what, what the form says, what came of it, who did what when, signatures.
#include "workorder/adapters/order_form.hpp"

#include <map>

#include "workorder/adapters/paper.hpp"
#include "workorder/adapters/times.hpp"

namespace trunkline::workorder {
namespace {

constexpr double kLabelShare = 0.15;
constexpr double kHalf = 0.5 - kLabelShare;

void Wide(Paper& paper, const std::string& label, const std::string& value) {
    paper.Row({{label, kLabelShare, true}, {value, 1 - kLabelShare}});
}

// Two facts side by side; an odd one leaves the last place empty.
class Pairs {
 public:
    explicit Pairs(Paper& paper) : paper_(paper) {}
    ~Pairs() {
        if (!label_.empty()) {
            Add("", "");
        }
    }
    Pairs(const Pairs&) = delete;
    Pairs& operator=(const Pairs&) = delete;

    void Add(const std::string& label, const std::string& value) {
        if (label_.empty()) {
            label_ = label;
            value_ = value;
            return;
        }
        paper_.Row({{label_, kLabelShare, true}, {value_, kHalf}, {label, kLabelShare, true}, {value, kHalf}});
        label_.clear();
    }

 private:
    Paper& paper_;
    std::string label_;
    std::string value_;
};

struct Form {
    Paper& paper;
    const FormInput& input;

    std::string Local(const google::protobuf::Timestamp& at) const { return input.calendar.Local(FromTimestamp(at)); }

    void Facts() const {
        const v1::Order& order = input.order;
        Pairs pairs(paper);
        pairs.Add("类型", order.type_name());
        pairs.Add("状态", order.state_name());
        pairs.Add("客户", order.customer_name());
        pairs.Add("联系电话", order.customer_number());
        pairs.Add("受理时间", Local(order.create_time()));
        pairs.Add("办理期限", order.has_due_time() ? Local(order.due_time()) : "");
        pairs.Add("承办单位", input.units.NameOf(order.branch()));
        pairs.Add("经办人", order.handler());
        if (order.has_close_time()) {
            pairs.Add("办结时间", Local(order.close_time()));
        }
        if (order.urge_count() > 0) {
            pairs.Add("催办次数", std::to_string(order.urge_count()));
        }
    }

    void Body() const {
        const v1::Order& order = input.order;
        Wide(paper, "标题", order.title());
        if (!order.description().empty()) {
            Wide(paper, "内容", order.description());
        }
        // In the form's own order; those of older versions follow.
        std::map<std::string, std::string> left(order.fields().begin(), order.fields().end());
        Pairs pairs(paper);
        for (const Field& field : input.type == nullptr ? Fields{} : input.type->fields) {
            if (const auto value = left.find(field.id); value != left.end()) {
                pairs.Add(field.name, value->second);
                left.erase(value);
            }
        }
        for (const auto& [field, value] : left) {
            pairs.Add(field, value);
        }
    }

    void Result() const {
        const v1::Order& order = input.order;
        Wide(paper, "办理结果", order.answer().empty() ? "\n\n\n" : order.answer());
        if (order.has_rating()) {
            Wide(paper, "客户评价", std::to_string(order.rating().score()) + " 分　" + order.rating().text());
        }
        std::string names;
        for (const v1::Attachment& attachment : order.attachments()) {
            names += (names.empty() ? "" : "、") + attachment.name();
        }
        if (!names.empty()) {
            Wide(paper, "附件", names);
        }
    }

    void Log() const {
        paper.Heading("办理过程");
        paper.Row({{"时间", 0.23, true}, {"步骤", 0.16, true}, {"办理人", 0.15, true}, {"说明", 0.46, true}});
        for (const v1::LogEntry& entry : input.order.log()) {
            const std::string detail = entry.detail().empty() ? "" : "（" + entry.detail() + "）";
            paper.Row({{Local(entry.time()), 0.23},
                       {entry.step_name(), 0.16},
                       {entry.actor_name().empty() ? entry.actor() : entry.actor_name(), 0.15},
                       {entry.text() + detail, 0.46}});
        }
    }

    void Signatures() const {
        paper.Heading("签字");
        for (const char* who : {"经办人", "审核人", "客户"}) {
            paper.Row(
                {{std::string(who) + "\n", kLabelShare, true}, {"", kHalf}, {"日期", kLabelShare, true}, {"", kHalf}});
        }
    }
};

}  // namespace

Result<std::string> PrintForm(const FormInput& input) {
    std::string bytes;
    Paper paper(bytes, "服务工单 " + input.order.number());
    const Form form{paper, input};
    paper.Title("服 务 工 单", "工单号 " + input.order.number());
    form.Facts();
    form.Body();
    form.Result();
    form.Log();
    form.Signatures();
    if (!paper.Finish()) {
        return Error{Code::kInternal, "PRINT_FAILED", "the form could not be drawn"};
    }
    return bytes;
}

}  // namespace trunkline::workorder
