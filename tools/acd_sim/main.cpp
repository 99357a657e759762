// acd-sim: a day of callers against one or more setups of the router, side by side; and what queueing theory forecasts.
#include <CLI/CLI.hpp>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <nlohmann/json.hpp>

#include "acd/simulator/arrivals.hpp"
#include "acd/simulator/erlang.hpp"
#include "setup.hpp"

namespace {

using namespace trunkline;
using namespace trunkline::acd::simulator;
using Json = nlohmann::ordered_json;

struct RunOptions {
    std::vector<std::string> setups;
    std::string arrivals;
    std::string queue;
    RandomLoad load;
    double ring_seconds = 3;
    bool json = false;
};

struct ForecastOptions {
    double calls_per_hour = 0;
    double handle_seconds = 180;
    double threshold_seconds = 20;
    double patience_seconds = 0;
    int agents = 0;
    double service_level = 0.80;
    double most_occupancy = 0.85;
};

Json Number(double value) { return std::isfinite(value) ? Json(std::round(value * 10'000) / 10'000) : Json(nullptr); }

Json FiguresOf(const QueueTally& tally) {
    return {{"offered", tally.offered()},
            {"answered", tally.answered},
            {"abandoned", tally.abandons()},
            {"short_abandoned", tally.short_abandons},
            {"flowed_out", tally.flowed_out},
            {"service_level", Number(tally.service_level())},
            {"abandon_rate", Number(tally.abandon_rate())},
            {"average_speed_of_answer", Number(tally.speed_of_answer())},
            {"longest_wait", Number(std::chrono::duration<double>(tally.longest_wait).count())},
            {"average_handle_time", Number(tally.handle_time())}};
}

Json ResultOf(const std::string& name, const Figures& figures) {
    Json result{{"setup", name}, {"occupancy", Number(figures.occupancy)}, {"unfinished", figures.unfinished}};
    for (const auto& [queue, tally] : figures.queues) {
        result["queues"][queue.str()] = FiguresOf(tally);
    }
    return result;
}

std::string Shown(const Json& value) {
    if (value.is_null()) {
        return "-";
    }
    if (value.is_number_float()) {
        char text[32];
        std::snprintf(text, sizeof text, "%.4g", value.get<double>());
        return text;
    }
    return value.dump();
}

// One column for each setup.
void PrintTable(const std::vector<Json>& results) {
    std::printf("%-40s", "");
    for (const Json& result : results) {
        std::printf(" %20s", result["setup"].get<std::string>().c_str());
    }
    std::printf("\n%-40s", "occupancy of agents");
    for (const Json& result : results) {
        std::printf(" %20s", Shown(result["occupancy"]).c_str());
    }
    std::printf("\n");
    for (const auto& [queue, first] : results.front()["queues"].items()) {
        for (const auto& [figure, ignored] : first.items()) {
            std::printf("%-40s", (queue + " " + figure).c_str());
            for (const Json& result : results) {
                const Json& queues = result["queues"];
                std::printf(" %20s", queues.contains(queue) ? Shown(queues[queue][figure]).c_str() : "-");
            }
            std::printf("\n");
        }
    }
}

Result<std::vector<Arrival>> ArrivalsOf(const RunOptions& options) {
    if (options.arrivals.empty()) {
        RandomLoad load = options.load;
        load.queue = QueueId(options.queue);
        return MakeArrivals(load);
    }
    if (options.arrivals.ends_with(".json")) {
        return ReadDay(options.arrivals);
    }
    std::ifstream file(options.arrivals);
    if (!file) {
        return Error{Code::kInvalidArgument, "BAD_ARRIVALS", options.arrivals + " cannot be read"};
    }
    return ReadArrivals(file);
}

int Fail(const Error& error) {
    std::fprintf(stderr, "acd-sim: %s\n", error.message.c_str());
    return 1;
}

int Run(const RunOptions& options) {
    const auto arrivals = ArrivalsOf(options);
    if (!arrivals.ok()) {
        return Fail(arrivals.error());
    }
    std::vector<Json> results;
    for (const std::string& path : options.setups) {
        auto setup = ReadSetup(path);
        if (!setup.ok()) {
            return Fail(setup.error());
        }
        setup->ring = Duration(static_cast<int64_t>(options.ring_seconds * 1e9));
        const auto figures = Simulate(*setup, *arrivals);
        if (!figures.ok()) {
            return Fail(figures.error());
        }
        results.push_back(ResultOf(path, *figures));
    }
    if (options.json) {
        std::printf("%s\n", Json(results).dump(2).c_str());
    } else {
        PrintTable(results);
    }
    return 0;
}

int Predict(const ForecastOptions& options) {
    Load load{options.calls_per_hour / 3600, options.handle_seconds, options.agents, options.threshold_seconds};
    if (load.agents == 0) {
        load.agents = AgentsFor(load, options.service_level, options.most_occupancy);
    }
    const auto forecast = options.patience_seconds > 0 ? ErlangA(load, options.patience_seconds) : ErlangC(load);
    const Json result{{"agents", load.agents},
                      {"erlangs", Number(load.erlangs())},
                      {"waits", Number(forecast.waits)},
                      {"service_level", Number(forecast.service_level)},
                      {"average_speed_of_answer", Number(forecast.speed_of_answer)},
                      {"abandon_rate", Number(forecast.abandons)},
                      {"occupancy", Number(forecast.occupancy)}};
    std::printf("%s\n", result.dump(2).c_str());
    return 0;
}

void AddRun(CLI::App& app, RunOptions& options) {
    app.add_option("--setup", options.setups, "File of queues and agents, as for tlctl apply; again to compare")
        ->required();
    app.add_option("--arrivals", options.arrivals,
                   "A recorded day: FILE.json of tlctl --json figures arrivals, or CSV with the columns "
                   "seconds,queue,talk[,wrap_up,patience,priority,language]");
    app.add_option("--queue", options.queue, "Queue of random callers")->excludes("--arrivals");
    app.add_option("--per-hour", options.load.calls_per_hour, "Random callers an hour")->check(CLI::PositiveNumber);
    app.add_option("--hours", options.load.hours, "How long they come (1)")->check(CLI::Range(0.01, 10'000.0));
    app.add_option("--talk", options.load.talk_seconds, "Mean talk in seconds (180)")->check(CLI::PositiveNumber);
    app.add_option("--wrap-up", options.load.wrap_up_seconds, "Mean wrap-up in seconds (0)");
    app.add_option("--patience", options.load.patience_seconds, "Mean patience in seconds (0: endless)");
    app.add_option("--seed", options.load.seed, "Of the random callers (1)");
    app.add_option("--ring", options.ring_seconds, "Seconds until an agent answers (3)")->check(CLI::Range(0.0, 600.0));
    app.add_flag("--json", options.json, "Print JSON");
}

void AddForecast(CLI::App& app, ForecastOptions& options) {
    app.add_option("--per-hour", options.calls_per_hour, "Calls an hour")->required()->check(CLI::PositiveNumber);
    app.add_option("--handle", options.handle_seconds, "Mean handling time in seconds (180)")
        ->check(CLI::PositiveNumber);
    app.add_option("--threshold", options.threshold_seconds, "Of the service level, in seconds (20)");
    app.add_option("--patience", options.patience_seconds, "Mean patience in seconds: Erlang A instead of C");
    app.add_option("--agents", options.agents, "Agents; without it the fewest that will do")
        ->check(CLI::Range(1, 10'000));
    app.add_option("--service-level", options.service_level, "Wanted, 0 to 1 (0.8)")->check(CLI::Range(0.0, 0.9999));
    app.add_option("--occupancy", options.most_occupancy, "At most, 0 to 1 (0.85)")->check(CLI::Range(0.01, 1.0));
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App app{"Plays a day of callers against the router's own core, faster than time."};
    app.require_subcommand(1);
    RunOptions run;
    ForecastOptions forecast;
    CLI::App& run_command = *app.add_subcommand("run", "Play callers against one or more setups, side by side");
    CLI::App& forecast_command = *app.add_subcommand("forecast", "What Erlang C or A says, and how many agents");
    AddRun(run_command, run);
    AddForecast(forecast_command, forecast);
    CLI11_PARSE(app, argc, argv);
    if (run_command.parsed() && run.arrivals.empty() && (run.queue.empty() || run.load.calls_per_hour <= 0)) {
        return Fail({Code::kInvalidArgument, "NO_CALLERS", "give --arrivals, or --queue and --per-hour"});
    }
    return run_command.parsed() ? Run(run) : Predict(forecast);
}
