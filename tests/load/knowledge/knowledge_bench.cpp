// How fast search answers as there are more articles, on generated ones of some 400 characters.
// usage: knowledge_bench [--most MS] [COUNT ...], ascending; default 10000. Prints a table, then one line of JSON.
#include <algorithm>
#include <cstdio>
#include <random>

#include "clock/clock.hpp"
#include "knowledge/domain/search_index.hpp"

namespace trunkline::knowledge {
namespace {

constexpr int kQuestions = 500;
const char* const kWords[] = {"退票", "改签", "线路", "末班车", "首班车", "票价", "月票", "老年卡", "学生卡", "失物",
                              "招领", "投诉", "司机", "站点",   "绕行",   "施工", "公告", "发票",   "团体",   "包车",
                              "行李", "儿童", "优惠", "办理",   "手续费", "网点", "时间", "地址",   "电话",   "网上",
                              "支付", "退款", "遗失", "补办",   "身份证", "照片", "审核", "年检",   "换乘",   "地铁"};

// Text of words that are not all equally common, as in life, with numbers in between.
std::string Text(std::mt19937_64& random, int words) {
    std::string text;
    for (int i = 0; i < words; ++i) {
        const auto place = std::min(random() % std::size(kWords), random() % std::size(kWords));
        text += kWords[place];
        if (random() % 4 == 0) {
            text += std::to_string(random() % 1000) + "路";
        }
        if (random() % 6 == 0) {
            text += "。";
        }
    }
    return text;
}

// Of --most: the p99 that fails the run.
double most_ms = 1e9;
bool too_slow = false;

std::string Measure(const SearchIndex& index, const char* what, double share, const std::vector<std::string>& texts) {
    const SystemClock clock;
    std::vector<double> took;
    size_t found = 0;
    for (const std::string& text : texts) {
        const SteadyTime begin = clock.SteadyNow();
        found += index.Search({text, {}, "", "", 20, share}, clock.Now()).size();
        took.push_back(std::chrono::duration<double, std::milli>(clock.SteadyNow() - begin).count());
    }
    std::sort(took.begin(), took.end());
    const double half = took[took.size() / 2], most = took[took.size() * 99 / 100];
    too_slow = too_slow || most > most_ms;
    std::printf("%9zu  %-10s %8.2f %8.2f  %8.1f\n", index.size(), what, half, most,
                static_cast<double>(found) / static_cast<double>(texts.size()));
    std::fflush(stdout);
    return "{\"articles\": " + std::to_string(index.size()) + ", \"what\": \"" + what +
           "\", \"p50_ms\": " + std::to_string(half) + ", \"p99_ms\": " + std::to_string(most) + "}";
}

std::vector<std::string> Questions(std::mt19937_64& random, int words) {
    std::vector<std::string> texts;
    for (int i = 0; i < kQuestions; ++i) {
        texts.push_back(Text(random, words));
    }
    return texts;
}

int Main(int argc, char** argv) {
    std::vector<size_t> counts;
    for (int i = 1; i < argc; ++i) {
        if (std::string(argv[i]) == "--most" && i + 1 < argc) {
            most_ms = std::stod(argv[++i]);
        } else {
            counts.push_back(std::stoull(argv[i]));
        }
    }
    if (counts.empty()) {
        counts = {10'000};
    }
    std::mt19937_64 random(42);
    SearchIndex index;
    std::printf(" articles  what         p50 ms   p99 ms  hits each\n");
    std::string rows;
    const char* const sounds[] = {"tuipiao", "laonianka", "mobanche", "tuipaio", "shouxufei", "swzl", "gaiqan"};
    for (const size_t count : counts) {
        while (index.size() < count) {
            Document document;
            document.id = std::to_string(index.size());
            document.content.title = Text(random, 4);
            document.content.summary = Text(random, 12);
            document.content.body = Text(random, 150);
            document.uses = random() % 100;
            index.Put(document);
        }
        std::vector<std::string> typed;
        for (int i = 0; i < kQuestions; ++i) {
            typed.emplace_back(sounds[random() % std::size(sounds)]);
        }
        for (const std::string& row :
             {Measure(index, "words", 0.3, Questions(random, 2)), Measure(index, "pinyin", 0.3, typed),
              Measure(index, "sentence", 0.05, Questions(random, 15)),
              Measure(index, "nothing", 0.3, {"", "", "", ""})}) {
            rows += (rows.empty() ? "" : ", ") + row;
        }
    }
    std::printf("{\"knowledge_bench\": [%s]}\n", rows.c_str());
    return too_slow ? 1 : 0;
}

}  // namespace
}  // namespace trunkline::knowledge

int main(int argc, char** argv) { return trunkline::knowledge::Main(argc, argv); }
