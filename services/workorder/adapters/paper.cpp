// A row is drawn in slices: as many lines of each cell as fit on the sheet, with the border around them, then the rest.
#include "workorder/adapters/paper.hpp"

#include <algorithm>

namespace trunkline::workorder {
namespace {

// A4 in points.
constexpr double kWidth = 595.0;
constexpr double kHeight = 842.0;
constexpr double kMargin = 48.0;
constexpr double kBottom = kHeight - kMargin;
constexpr double kInner = kWidth - 2 * kMargin;
constexpr double kPad = 5.0;
constexpr int kPageLimit = 60;
constexpr const char* kText = "Noto Sans CJK SC 10";
constexpr const char* kLabel = "Noto Sans CJK SC Bold 10";
// Rows up to this height are not torn apart.
constexpr double kTogether = 150.0;

cairo_status_t Write(void* bytes, const unsigned char* data, unsigned length) {
    static_cast<std::string*>(bytes)->append(reinterpret_cast<const char*>(data), length);
    return CAIRO_STATUS_SUCCESS;
}

}  // namespace

Paper::Paper(std::string& bytes, std::string foot)
    : surface_(cairo_pdf_surface_create_for_stream(&Write, &bytes, kWidth, kHeight)),
      cairo_(cairo_create(surface_)),
      foot_(std::move(foot)),
      y_(kMargin) {
    cairo_set_line_width(cairo_, 0.6);
}

Paper::~Paper() {
    cairo_destroy(cairo_);
    cairo_surface_destroy(surface_);
}

bool Paper::Finish() {
    Foot();
    cairo_surface_finish(surface_);
    return cairo_surface_status(surface_) == CAIRO_STATUS_SUCCESS;
}

void Paper::Title(const std::string& text, const std::string& beside) {
    const Layout title = Lay(text, kInner, "Noto Sans CJK SC Bold 18");
    pango_layout_set_alignment(title.get(), PANGO_ALIGN_CENTER);
    y_ += DrawLines(title.get(), 0, kMargin, kBottom - y_, true).second + kPad;
    const Layout number = Lay(beside, kInner, kText);
    pango_layout_set_alignment(number.get(), PANGO_ALIGN_RIGHT);
    y_ += DrawLines(number.get(), 0, kMargin, kBottom - y_, true).second + kPad;
}

void Paper::Heading(const std::string& text) {
    // Not alone at the end of a sheet.
    if (kBottom - y_ < 70) {
        Turn();
    }
    y_ += 2 * kPad;
    y_ += DrawLines(Lay(text, kInner, "Noto Sans CJK SC Bold 11").get(), 0, kMargin, kBottom - y_, true).second + kPad;
}

void Paper::Row(const std::vector<Cell>& cells) {
    std::vector<Layout> layouts;
    std::vector<int> next(cells.size(), 0);
    double whole = 0;
    for (const Cell& cell : cells) {
        layouts.push_back(Lay(cell.text, cell.share * kInner - 2 * kPad, cell.label ? kLabel : kText));
        whole = std::max(whole, DrawLines(layouts.back().get(), 0, 0, 1e6, false).second + 2 * kPad);
    }
    if (whole < kTogether && whole > kBottom - y_) {
        Turn();
    }
    for (bool more = true; more && page_ <= kPageLimit;) {
        const double room = kBottom - y_ - 2 * kPad;
        double height = 0;
        for (size_t i = 0; i < cells.size(); ++i) {
            height = std::max(height, DrawLines(layouts[i].get(), next[i], 0, room, false).second);
        }
        more = false;
        double x = kMargin;
        for (size_t i = 0; i < cells.size(); ++i) {
            const double width = cells[i].share * kInner;
            cairo_rectangle(cairo_, x, y_, width, height + 2 * kPad);
            cairo_set_source_rgb(cairo_, 0.95, 0.95, 0.95);
            cells[i].label ? cairo_fill_preserve(cairo_) : void();
            cairo_set_source_rgb(cairo_, 0, 0, 0);
            cairo_stroke(cairo_);
            y_ += kPad;
            next[i] += DrawLines(layouts[i].get(), next[i], x + kPad, room, true).first;
            y_ -= kPad;
            more = more || next[i] < pango_layout_get_line_count(layouts[i].get());
            x += width;
        }
        y_ += height + 2 * kPad;
        if (more) {
            Turn();
        }
    }
}

Paper::Layout Paper::Lay(const std::string& text, double width, const char* font) {
    Layout layout(pango_cairo_create_layout(cairo_));
    PangoFontDescription* description = pango_font_description_from_string(font);
    pango_layout_set_font_description(layout.get(), description);
    pango_font_description_free(description);
    pango_layout_set_width(layout.get(), static_cast<int>(width * PANGO_SCALE));
    pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
    pango_layout_set_text(layout.get(), text.c_str(), static_cast<int>(text.size()));
    return layout;
}

std::pair<int, double> Paper::DrawLines(PangoLayout* layout, int first, double x, double room, bool really) {
    double height = 0;
    int drawn = 0;
    const double width = pango_layout_get_width(layout) / static_cast<double>(PANGO_SCALE);
    for (int i = first; i < pango_layout_get_line_count(layout); ++i, ++drawn) {
        PangoLayoutLine* line = pango_layout_get_line_readonly(layout, i);
        PangoRectangle extents;
        pango_layout_line_get_pixel_extents(line, nullptr, &extents);
        if (height + extents.height > room) {
            break;
        }
        if (really) {
            const PangoAlignment alignment = pango_layout_get_alignment(layout);
            const double spare = width - extents.width;
            const double shift = alignment == PANGO_ALIGN_CENTER  ? spare / 2
                                 : alignment == PANGO_ALIGN_RIGHT ? spare
                                                                  : 0;
            cairo_move_to(cairo_, x + shift, y_ + height - extents.y);
            pango_cairo_show_layout_line(cairo_, line);
        }
        height += extents.height;
    }
    return {drawn, height};
}

void Paper::Foot() {
    const double at = y_;
    y_ = kBottom + 8;
    const Layout foot = Lay(foot_ + "　第 " + std::to_string(page_) + " 页", kInner, "Noto Sans CJK SC 8");
    pango_layout_set_alignment(foot.get(), PANGO_ALIGN_CENTER);
    DrawLines(foot.get(), 0, kMargin, kMargin, true);
    y_ = at;
}

void Paper::Turn() {
    Foot();
    cairo_show_page(cairo_);
    ++page_;
    y_ = kMargin;
}

}  // namespace trunkline::workorder
