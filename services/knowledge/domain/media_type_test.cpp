// Files that are taken and files that are not.
#include "knowledge/domain/media_type.hpp"

#include <catch2/catch.hpp>

namespace trunkline::knowledge {
namespace {

TEST_CASE("attachment: the first bytes decide, not the name", "[knowledge]") {
    CHECK(MediaTypeOf("%PDF-1.7 ...", "x.exe") == "application/pdf");
    CHECK(MediaTypeOf("\xff\xd8\xff\xe0", "x.png") == "image/jpeg");
    CHECK(MediaTypeOf("票价表", "x.txt") == "text/plain");
    CHECK(MediaTypeOf(std::string("PK\x03\x04...."), "fares.xlsx").find("spreadsheet") != std::string::npos);
    CHECK(MediaTypeOf(std::string("PK\x03\x04...."), "bomb.zip").empty());
    CHECK(MediaTypeOf("MZ\x90\x01", "x.pdf").empty());
    CHECK(MediaTypeOf("<svg onload=alert(1)>", "x.png").empty());
    CHECK(MediaTypeOf("", "x.txt").empty());
}

}  // namespace
}  // namespace trunkline::knowledge
