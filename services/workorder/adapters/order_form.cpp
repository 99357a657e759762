// Drawn with cairo and pango, which break lines in Chinese and embed the fonts they use.
#include "workorder/adapters/order_form.hpp"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>

#include "workorder/adapters/times.hpp"

namespace trunkline::workorder {
namespace {

// A4 in points.
constexpr double kWidth = 595.0;
constexpr double kHeight = 842.0;
constexpr double kMargin = 48.0;
constexpr double kLabelWidth = 104.0;
constexpr double kGap = 5.0;
constexpr int kPageLimit = 60;

// A page that goes on to the next when it is full.
class Paper {
 public:
    explicit Paper(std::string& bytes)
        : surface_(cairo_pdf_surface_create_for_stream(&Paper::Write, &bytes, kWidth, kHeight)),
          cairo_(cairo_create(surface_)) {}
    ~Paper() {
        cairo_destroy(cairo_);
        cairo_surface_destroy(surface_);
    }
    Paper(const Paper&) = delete;
    Paper& operator=(const Paper&) = delete;

    bool Finish() {
        cairo_surface_finish(surface_);
        return cairo_surface_status(surface_) == CAIRO_STATUS_SUCCESS;
    }
    void Title(const std::string& text) {
        y_ += Draw(text, kMargin, kWidth - 2 * kMargin, "Noto Sans CJK SC Bold 16") + kGap;
        Line();
    }
    void Heading(const std::string& text) {
        y_ += kGap;
        y_ += Draw(text, kMargin, kWidth - 2 * kMargin, "Noto Sans CJK SC Bold 11") + kGap;
    }
    // Nothing for an empty value.
    void Row(const std::string& label, const std::string& value) {
        if (value.empty()) {
            return;
        }
        const double left = kMargin + kLabelWidth;
        Draw(label, kMargin, kLabelWidth - kGap, "Noto Sans CJK SC 10");
        y_ += Draw(value, left, kWidth - kMargin - left, "Noto Sans CJK SC 10") + kGap;
    }
    void Line() {
        cairo_set_line_width(cairo_, 0.6);
        cairo_move_to(cairo_, kMargin, y_);
        cairo_line_to(cairo_, kWidth - kMargin, y_);
        cairo_stroke(cairo_);
        y_ += kGap * 2;
    }

 private:
    static cairo_status_t Write(void* bytes, const unsigned char* data, unsigned length) {
        static_cast<std::string*>(bytes)->append(reinterpret_cast<const char*>(data), length);
        return CAIRO_STATUS_SUCCESS;
    }

    // Returns the height; lines that do not fit go to the next page.
    double Draw(const std::string& text, double x, double width, const char* font) {
        PangoLayout* layout = pango_cairo_create_layout(cairo_);
        PangoFontDescription* description = pango_font_description_from_string(font);
        pango_layout_set_font_description(layout, description);
        pango_layout_set_width(layout, static_cast<int>(width * PANGO_SCALE));
        pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
        pango_layout_set_text(layout, text.c_str(), static_cast<int>(text.size()));
        double drawn = 0;
        for (int i = 0; i < pango_layout_get_line_count(layout); ++i) {
            PangoLayoutLine* line = pango_layout_get_line_readonly(layout, i);
            PangoRectangle extents;
            pango_layout_line_get_pixel_extents(line, nullptr, &extents);
            if (y_ + drawn + extents.height > kHeight - kMargin && pages_ < kPageLimit) {
                cairo_show_page(cairo_);
                ++pages_;
                y_ = kMargin;
                drawn = 0;
            }
            cairo_move_to(cairo_, x, y_ + drawn - extents.y);
            pango_cairo_show_layout_line(cairo_, line);
            drawn += extents.height;
        }
        pango_font_description_free(description);
        g_object_unref(layout);
        return drawn;
    }

    cairo_surface_t* surface_;
    cairo_t* cairo_;
    double y_ = kMargin;
    int pages_ = 1;
};

std::string FieldName(const TypeDefinition* type, const std::string& id) {
    for (const Field& field : type == nullptr ? Fields{} : type->fields) {
        if (field.id == id) {
            return field.name;
        }
    }
    return id;
}

void DrawHead(Paper& paper, const FormInput& input) {
    const v1::Order& order = input.order;
    const auto local = [&](const google::protobuf::Timestamp& at) { return input.calendar.Local(FromTimestamp(at)); };
    paper.Title("服务工单  " + order.number());
    paper.Row("类型", order.type_name());
    paper.Row("状态", order.state_name());
    paper.Row("标题", order.title());
    paper.Row("内容", order.description());
    paper.Row("客户", order.customer_name());
    paper.Row("联系电话", order.customer_number());
    paper.Row("承办单位", input.units.NameOf(order.branch()));
    paper.Row("经办人", order.handler());
    paper.Row("受理时间", local(order.create_time()));
    paper.Row("办理期限", local(order.due_time()));
    paper.Row("办结时间", order.has_close_time() ? local(order.close_time()) : "");
    paper.Row("催办次数", order.urge_count() == 0 ? "" : std::to_string(order.urge_count()));
}

void DrawBody(Paper& paper, const FormInput& input) {
    const v1::Order& order = input.order;
    if (!order.fields().empty()) {
        paper.Heading("表单");
        // In the form's own order; those of older versions follow.
        std::map<std::string, std::string> left(order.fields().begin(), order.fields().end());
        for (const Field& field : input.type == nullptr ? Fields{} : input.type->fields) {
            if (const auto value = left.find(field.id); value != left.end()) {
                paper.Row(field.name, value->second);
                left.erase(value);
            }
        }
        for (const auto& [field, value] : left) {
            paper.Row(FieldName(input.type, field), value);
        }
    }
    paper.Heading("办理结果");
    paper.Row("答复", order.answer().empty() ? "（待填写）" : order.answer());
    paper.Heading("办理过程");
    for (const v1::LogEntry& entry : order.log()) {
        const std::string text = entry.text().empty() ? "" : "：" + entry.text();
        const std::string detail = entry.detail().empty() ? "" : "（" + entry.detail() + "）";
        paper.Row(input.calendar.Local(FromTimestamp(entry.time())),
                  entry.step_name() + "  " + entry.actor() + detail + text);
    }
    paper.Heading("签字");
    paper.Row("经办人", "________________________    日期 ______________");
    paper.Row("客户", "________________________    日期 ______________");
}

}  // namespace

Result<std::string> PrintForm(const FormInput& input) {
    std::string bytes;
    Paper paper(bytes);
    DrawHead(paper, input);
    DrawBody(paper, input);
    if (!paper.Finish()) {
        return Error{Code::kInternal, "PRINT_FAILED", "the form could not be drawn"};
    }
    return bytes;
}

}  // namespace trunkline::workorder
