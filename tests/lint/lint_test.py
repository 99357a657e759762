"""Each check finds what it is for in a bad sample, and nothing in a good one."""
import datetime
import pathlib
import tempfile
import time
import unittest

import check_complaints
import check_format
import check_layers
import check_protos
import check_sizes
import check_tidy
import check_words
import lint
from lint import File

LIBS = File("libs/CMakeLists.txt", "trunkline_lib(result)\ntrunkline_lib(ids)\ntrunkline_lib(clock)\ntrunkline_lib(sip DEPS result)\n"
            "trunkline_lib(db DEPS result)\n")
ACD = File("services/acd/CMakeLists.txt", "trunkline_service(acd\n    APP calendar\n    ADAPTERS sip)\n")


def texts(findings):
    return [finding.text for finding in findings]


def complaints(name, test='TEST_CASE_METHOD(Scene,\n    "desk: one", "[a]") {}\nTEST_CASE("two") {}'):
    table = f'[[complaint]]\nlink = "a/b/issues/1"\nsays = "bad"\ntest = "services/a/b_test.cpp"\nname = "{name}"\n'
    return texts(check_complaints.find([File("tests/complaints.toml", table), File("services/a/b_test.cpp", test)]))


def layers(path, text):
    return texts(check_layers.find([LIBS, ACD, File("services/ivr/main.cpp", ""), File(path, text)]))


class Complaints(unittest.TestCase):
    def test_a_test_that_is_named_must_be_there(self):
        self.assertEqual(complaints("desk: one"), [])
        self.assertEqual(complaints("two"), [])
        self.assertEqual(complaints("test_three", "class A:\n    def test_three(self):\n"), [])
        self.assertEqual(complaints("three"), ['services/a/b_test.cpp has no test "three"'])
        self.assertEqual(len(complaints("")), 1)

    def test_the_table_must_be_there(self):
        self.assertEqual(len(list(check_complaints.find([]))), 1)


class Layers(unittest.TestCase):
    def test_domain_may_include_itself_and_the_vocabulary(self):
        self.assertEqual(layers("services/acd/domain/a.cpp", '#include "acd/domain/a.hpp"\n#include "result/result.hpp"\n'), [])

    def test_domain_must_not_include_app(self):
        self.assertEqual(layers("services/acd/domain/a.cpp", '#include "acd/app/a.hpp"\n'), ["domain/ must not include acd/app/"])

    def test_domain_must_not_include_a_library_of_adapters(self):
        self.assertEqual(layers("services/acd/domain/a.cpp", '#include "db/pool.hpp"\n'), ["domain/ must not include library db"])

    def test_app_must_be_free_of_technology(self):
        self.assertEqual(len(layers("services/acd/app/a.cpp", "#include <grpcpp/grpcpp.h>\n")), 1)
        self.assertEqual(len(layers("services/acd/app/a.cpp", '#include "trunkline/acd/v1/acd.pb.h"\n')), 1)

    def test_services_must_not_include_each_other(self):
        self.assertEqual(len(layers("services/acd/adapters/a.cpp", '#include "ivr/domain/flow.hpp"\n')), 1)

    def test_a_library_uses_only_what_it_declares(self):
        self.assertEqual(layers("libs/sip/a.cpp", '#include "result/result.hpp"\n'), [])
        self.assertEqual(len(layers("libs/sip/a.cpp", '#include "db/pool.hpp"\n')), 1)

    def test_the_clock_is_read_in_libs_clock_only(self):
        for call in ("std::chrono::system_clock::now();", "std::this_thread::sleep_for(1s);", "auto t = time(nullptr);"):
            self.assertEqual(len(layers("libs/sip/a.cpp", call)), 1, call)
            self.assertEqual(layers("libs/clock/clock.cpp", call), [], call)
        self.assertEqual(layers("libs/sip/a.cpp", "message.time(3); // std::time(0)\nruntime(1); wall_time(2);"), [])

    def test_tests_must_not_sleep(self):
        self.assertEqual(len(layers("libs/sip/a_test.cpp", "std::this_thread::sleep_for(1s);")), 1)

    def test_sql_is_written_in_postgres_adapters_only(self):
        query = 'const char* kFind = "SELECT a FROM b";'
        self.assertEqual(len(layers("services/acd/app/a.cpp", query)), 1)
        self.assertEqual(layers("services/acd/adapters/postgres_agent_store.cpp", query), [])


class Sizes(unittest.TestCase):
    def test_a_long_file_and_a_long_function_are_found(self):
        body = "    x();\n" * 400
        found = texts(check_sizes.find([File("libs/a/a.cpp", "namespace a {\nvoid Long() {\n" + body + "}\n}\n")]))
        self.assertEqual(found, ["404 lines; at most 400", "Long has 402 lines; at most 60"])

    def test_a_constructor_with_initialisers_is_one_function(self):
        code = "Foo::Foo(int a, std::map<int, int> b) : a_{a}, b_(b) {\n  if (a) {\n    x();\n  }\n}\nint f() { return 1; }\n"
        self.assertEqual(list(check_sizes.cpp_functions(code)), [(1, "Foo::Foo", 5, 2), (6, "f", 1, 0)])

    def test_braces_in_strings_and_comments_do_not_count(self):
        code = 'void F() {\n  a("}{{"); // }\n  b(\'}\'); c(R"x(}})x");\n}\nvoid G() {\n}\n'
        self.assertEqual([(name, lines) for _, name, lines, _ in check_sizes.cpp_functions(code)], [("F", 4), ("G", 2)])

    def test_methods_inside_classes_are_seen(self):
        code = "template <class T>\nclass A : public B<T> {\n public:\n  void M() const override {\n  }\n};\n"
        self.assertEqual([name for _, name, _, _ in check_sizes.cpp_functions(code)], ["M"])

    def test_too_many_parameters_are_found(self):
        code = "void F(int a, int b, int c, int d, int e, int f) {\n}\n"
        self.assertEqual(texts(check_sizes.find([File("libs/a/a.cpp", code)])), ["F has 6 parameters; at most 5, then a struct"])

    def test_long_python_functions_are_found(self):
        code = '"""A."""\ndef f():\n' + "    x()\n" * 61
        self.assertEqual(len(texts(check_sizes.find([File("tools/a.py", code)]))), 1)


class Protos(unittest.TestCase):
    PATH = "proto/trunkline/acd/v1/acd.proto"
    HEAD = 'syntax = "proto3";\npackage trunkline.acd.v1;\n'

    def find(self, text, path=PATH):
        return texts(check_protos.find([File(path, text)]))

    def test_a_good_file_has_no_findings(self):
        self.assertEqual(self.find(self.HEAD + "service S {\n  rpc A(B) returns (stream C) {\n"
                                   '    option (trunkline.options.v1.right) = "acd.agents.read";\n  }\n}\n'
                                   "enum AgentState {\n  // none\n  AGENT_STATE_UNSPECIFIED = 0;\n}\n"), [])

    def test_a_method_without_a_right_is_found(self):
        self.assertEqual(len(self.find(self.HEAD + "service S {\n  rpc A(B) returns (C);\n  rpc D(E) returns (F) {}\n}\n")), 2)

    def test_an_enum_without_unspecified_is_found(self):
        self.assertEqual(len(self.find(self.HEAD + "enum AgentState {\n  READY = 0;\n}\n")), 1)

    def test_a_package_that_is_not_its_folder_is_found(self):
        self.assertEqual(len(self.find('syntax = "proto3";\npackage trunkline.acd.v2;\n')), 1)

    def test_a_service_without_a_readme_is_found(self):
        self.assertEqual(len(self.find("int main() {}\n", "services/acd/main.cpp")), 1)


class Words(unittest.TestCase):
    def find(self, text, path="libs/a/a.cpp"):
        return texts(check_words.find([File(path, text)]))

    def test_a_good_file_has_no_findings(self):
        self.assertEqual(self.find("// Adds numbers.\nint Add(int a, int b);\n"), [])

    def test_notes_and_machine_paths_are_found(self):
        self.assertEqual(len(self.find("// Adds. TO" + "DO more\n")), 1)
        self.assertEqual(len(self.find('// Adds.\nauto p = "/ho' + 'me/me/x";\n')), 1)

    def test_a_file_without_an_opening_sentence_is_found(self):
        self.assertEqual(len(self.find("#pragma once\nint x;\n", "libs/a/a.hpp")), 1)


class Format(unittest.TestCase):
    def test_an_unformatted_file_is_found(self):
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)
            (root / ".clang-format").write_text((lint.ROOT / ".clang-format").read_text())
            (root / "bad.cpp").write_text("int  f( ){return 1;}\n")
            (root / "good.cpp").write_text("int f() { return 1; }\n")
            files = [File("bad.cpp", ""), File("good.cpp", "")]
            self.assertEqual([finding.path for finding in check_format.find(files, root)], ["bad.cpp"])


class Tidy(unittest.TestCase):
    def test_a_name_against_the_rules_is_found_and_a_good_one_is_not(self):
        with tempfile.TemporaryDirectory() as folder:
            (pathlib.Path(folder) / ".clang-tidy").write_text((lint.ROOT / ".clang-tidy").read_text())
            for name, state in (("bad_name", "bad"), ("GoodName", "good")):
                source = pathlib.Path(folder) / f"{name}.cpp"
                source.write_text(f"int {name}() {{ return 1; }}\n")
                (pathlib.Path(folder) / "compile_commands.json").write_text(
                    f'[{{"directory": "{folder}", "command": "c++ -std=c++20 -c {source}", "file": "{source}"}}]')
                self.assertEqual(check_tidy.tidy(str(source), folder, time.monotonic() + 60)[2], state)

    def test_what_gcc_alone_understands_is_removed(self):
        command = "c++ -O2 -fpch-preprocess -Winvalid-pch -include /b/CMakeFiles/x.dir/cmake_pch.hxx -o a.o -c a.cpp"
        self.assertEqual(check_tidy.PRECOMPILED.sub("", command), "c++ -O2 -o a.o -c a.cpp")


class Allowed(unittest.TestCase):
    def test_an_exception_ends_at_its_date(self):
        finding = lint.Finding("libs/rpc/rpc.cpp", 1, "")
        self.assertTrue(lint.is_allowed("layers", finding, datetime.date(2027, 1, 1)))
        self.assertFalse(lint.is_allowed("layers", finding, datetime.date(2028, 1, 1)))
        self.assertFalse(lint.is_allowed("sizes", finding, datetime.date(2027, 1, 1)))


if __name__ == "__main__":
    unittest.main()
