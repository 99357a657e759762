// Long things go on on the next sheet, whole.
#include "workorder/adapters/paper.hpp"

#include <catch2/catch.hpp>
#include <cstdlib>

namespace trunkline::workorder {
namespace {

int Sheets(const std::string& pdf) {
    const size_t at = pdf.rfind("/Count ");
    return at == std::string::npos ? 0 : std::atoi(pdf.c_str() + at + 7);
}

std::string Draw(int lines) {
    std::string bytes, text;
    for (int i = 0; i < lines; ++i) {
        text += "第" + std::to_string(i) + "行，乘客称司机未停靠。\n";
    }
    Paper paper(bytes, "服务工单");
    paper.Title("服务工单", "20261125-000001");
    paper.Row({{"内容", 0.2, true}, {text, 0.8}});
    paper.Heading("签字");
    REQUIRE(paper.Finish());
    return bytes;
}

TEST_CASE("paper: a short form is one sheet, a long text goes on on the next") {
    CHECK(Sheets(Draw(3)) == 1);
    CHECK(Sheets(Draw(100)) == 3);
}

TEST_CASE("paper: a text without end does not make sheets without end") { CHECK(Sheets(Draw(20'000)) <= 62); }

}  // namespace
}  // namespace trunkline::workorder
