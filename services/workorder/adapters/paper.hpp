// Sheets of A4 with tables on them, drawn with cairo and pango, which break lines in Chinese and embed the fonts they
// use.
#pragma once
#include <cairo-pdf.h>
#include <pango/pangocairo.h>

#include <memory>
#include <string>
#include <vector>

namespace trunkline::workorder {

// One cell of a row: `share` of the row's width; a label is grey and bold.
struct Cell {
    std::string text;
    double share = 1.0;
    bool label = false;
};

// Goes on to the next sheet when one is full; each sheet carries `foot` and its number.
class Paper {
 public:
    Paper(std::string& bytes, std::string foot);
    ~Paper();
    Paper(const Paper&) = delete;
    Paper& operator=(const Paper&) = delete;

    void Title(const std::string& text, const std::string& beside);
    void Heading(const std::string& text);
    // With a border around each cell. What is longer than a sheet goes on on the next.
    void Row(const std::vector<Cell>& cells);
    // False when the drawing failed.
    bool Finish();

 private:
    struct Release {
        void operator()(PangoLayout* layout) const { g_object_unref(layout); }
    };
    using Layout = std::unique_ptr<PangoLayout, Release>;

    Layout Lay(const std::string& text, double width, const char* font);
    // Draws lines from `first` on that fit into `room`; how many, and how high they are.
    std::pair<int, double> DrawLines(PangoLayout* layout, int first, double x, double room, bool really);
    void Foot();
    void Turn();

    cairo_surface_t* surface_;
    cairo_t* cairo_;
    std::string foot_;
    double y_;
    int page_ = 1;
};

}  // namespace trunkline::workorder
