// tlctl: the suite's command-line client for operators and tests.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <nlohmann/json.hpp>

#include "apply.hpp"
#include "article_files.hpp"
#include "commands.hpp"
#include "config/config.hpp"
#include "customer_files.hpp"
#include "download.hpp"
#include "ids/ids.hpp"
#include "invoke.hpp"
#include "table.hpp"

namespace trunkline::tlctl {
namespace {

using Json = nlohmann::ordered_json;

struct Options {
    std::string config;
    bool json = false;
};

Suite OpenSuite(const Options& options) {
    std::string path = options.config;
    std::string program = "tlctl";
    std::string flag = "--config";
    char* arguments[] = {program.data(), flag.data(), path.data()};
    config::Reader reader("tlctl", path.empty() ? 1 : 3, arguments);
    rpc::TlsFiles tls;
    reader.Bind("tls.ca", tls.authority);
    reader.Bind("tls.certificate", tls.certificate);
    reader.Bind("tls.key", tls.key);
    std::map<std::string, std::string> peers;
    for (const auto& [key, value] : reader.Section("peers")) {
        const size_t dot = key.find('.');
        if (key.substr(dot + 1) == "grpc") {
            peers[key.substr(0, dot)] = value;
        }
    }
    reader.Finish();
    return {peers, tls};
}

int Report(const Error& error) {
    std::cerr << "tlctl: " << error.message;
    if (!error.reason.empty()) {
        std::cerr << " (" << error.reason << ")";
    }
    std::cerr << "\n";
    return 1;
}

// "@FILE" stands for the file's content; JSON objects stay objects, everything else is a string.
Result<Json> ArgumentValue(const std::string& text) {
    std::string value = text;
    if (text.rfind('@', 0) == 0) {
        auto file = ReadFile(text.substr(1));
        if (!file.ok()) {
            return file.error();
        }
        value = std::move(file).value();
    }
    if (value.rfind('{', 0) != 0) {
        return Json(value);
    }
    Json json = Json::parse(value, nullptr, false);
    if (json.is_discarded()) {
        return Error{Code::kInvalidArgument, "BAD_JSON", "not valid JSON: " + text};
    }
    return json;
}

// "to.agent" is the field `agent` of `to`.
Json::json_pointer PathOf(const std::string& field) {
    std::string path = "/" + field;
    std::replace(path.begin(), path.end(), '.', '/');
    return Json::json_pointer(path);
}

int RunCommand(const Command& command, const std::map<std::string, std::string>& values, const Options& options) {
    Json request = Json::object();
    if (TakesRequestId(command.method)) {
        request["request_id"] = UuidGenerator{}.New();
    }
    for (const Argument& argument : command.arguments) {
        const auto given = values.find(argument.name);
        if (given == values.end() || given->second.empty()) {
            continue;
        }
        const auto value = ArgumentValue(given->second);
        if (!value.ok()) {
            return Report(value.error());
        }
        if (argument.field == "*") {
            request.update(*value);
        } else {
            request[PathOf(argument.field)] = *value;
        }
    }
    Suite suite = OpenSuite(options);
    const auto answer = suite.Invoke(command.service, command.method, request.dump());
    if (!answer.ok()) {
        return Report(answer.error());
    }
    std::cout << (options.json ? *answer + "\n" : FormatTable(*answer, command.rows, command.columns));
    return 0;
}

int RunHealth(const std::vector<std::string>& wanted, const Options& options) {
    Suite suite = OpenSuite(options);
    std::vector<std::string> services = wanted;
    if (services.empty()) {
        for (const auto& [service, address] : suite.peers()) {
            services.push_back(service);
        }
    }
    Json report = Json::object();
    bool all = true;
    for (const std::string& service : services) {
        const Status health = suite.Health(service);
        all = all && health.ok();
        report[service] = health.ok() ? "SERVING" : health.error().message;
    }
    if (options.json) {
        std::cout << report.dump() << "\n";
    } else {
        for (const auto& [service, state] : report.items()) {
            std::cout << service << "  " << state.get<std::string>() << "\n";
        }
    }
    return all ? 0 : 1;
}

// The parts of one invocation that CLI11 fills in.
struct Invocation {
    Options options;
    std::map<std::string, std::string> values;
    std::vector<std::string> services;
    std::string file;
    std::string recording;
    std::string actor;
    std::string reason;
    std::function<int()> run;
};

void AddTableCommands(CLI::App& app, Invocation& invocation) {
    std::map<std::string, CLI::App*> groups;
    for (const Command& command : Commands()) {
        CLI::App*& group = groups[command.group];
        if (group == nullptr) {
            group = app.add_subcommand(command.group, command.group + " commands");
            group->require_subcommand(1);
        }
        CLI::App* verb = group->add_subcommand(command.verb, command.help);
        for (const Argument& argument : command.arguments) {
            auto& value = invocation.values[argument.name];
            verb->add_option(argument.needed ? argument.name : "--" + argument.name, value, argument.help)
                ->required(argument.needed);
        }
        verb->callback(
            [&] { invocation.run = [&] { return RunCommand(command, invocation.values, invocation.options); }; });
    }
}

void AddOwnCommands(CLI::App& app, Invocation& invocation) {
    CLI::App* health = app.add_subcommand("health", "Are the services ready? All, or those named");
    health->add_option("SERVICE", invocation.services, "trunk, acd, ivr ...");
    health->callback([&] { invocation.run = [&] { return RunHealth(invocation.services, invocation.options); }; });

    CLI::App* apply =
        app.add_subcommand("apply", "Bring in a set-up file: phones, trunks, numbers, queues, agents, flows");
    apply->add_option("FILE", invocation.file, "JSON")->required();
    apply->callback([&] {
        invocation.run = [&] {
            Suite suite = OpenSuite(invocation.options);
            const Status done = Apply(suite, invocation.file);
            return done.ok() ? 0 : Report(done.error());
        };
    });

    const auto add_file = [&](const char* group, const char* verb, const char* help,
                              Status (*transfer)(Suite&, const std::string&)) {
        CLI::App* command = app.get_subcommand(group)->add_subcommand(verb, help);
        command->add_option("FILE", invocation.file, "its path")->required();
        command->callback([&invocation, transfer] {
            invocation.run = [&invocation, transfer] {
                Suite suite = OpenSuite(invocation.options);
                const Status done = transfer(suite, invocation.file);
                return done.ok() ? 0 : Report(done.error());
            };
        });
    };
    add_file("customer", "import", "Bring in customers from a CSV file; tells every bad line", ImportCustomers);
    add_file("customer", "export", "Write all customers to a CSV file, numbers masked", ExportCustomers);
    add_file("article", "load", "Publish the categories and articles of a JSON file", LoadArticles);

    CLI::App* download = app.get_subcommand("recording")->add_subcommand("download", "Save a recording as WAV");
    download->add_option("RECORDING", invocation.recording, "id of the recording")->required();
    download->add_option("FILE", invocation.file, "where to write")->required();
    download->add_option("--actor", invocation.actor, "who listens")->required();
    download->add_option("--reason", invocation.reason, "why; kept in the audit trail")->required();
    download->callback([&] {
        invocation.run = [&] {
            Suite suite = OpenSuite(invocation.options);
            const Status done =
                DownloadRecording(suite, invocation.recording, invocation.file, invocation.actor, invocation.reason);
            return done.ok() ? 0 : Report(done.error());
        };
    });
}

int Run(int argc, char** argv) {
    CLI::App app{"Operates a Trunkline suite: agents, queues, calls, flows, recordings, work orders, figures.",
                 "tlctl"};
    app.require_subcommand(1);
    Invocation invocation;
    if (const char* path = std::getenv("TRUNKLINE_TLCTL_CONFIG")) {
        invocation.options.config = path;
    }
    app.add_option("--config", invocation.options.config,
                   "YAML with peers.<service>.grpc and tls.*; default: $TRUNKLINE_TLCTL_CONFIG");
    app.add_flag("--json", invocation.options.json, "Print the whole answer as JSON");
    AddTableCommands(app, invocation);
    AddOwnCommands(app, invocation);
    CLI11_PARSE(app, argc, argv);
    return invocation.run();
}

}  // namespace
}  // namespace trunkline::tlctl

int main(int argc, char** argv) {
    try {
        return trunkline::tlctl::Run(argc, argv);
    } catch (const std::exception& error) {
        std::cerr << "tlctl: " << error.what() << "\n";
        return 1;
    }
}
