# -*- Mode: python; py-indent-offset: 4; indent-tabs-mode: nil; coding: utf-8; -*-
# SPDX-License-Identifier: GPL-2.0-only

# Build as contrib/l2tp inside the source tree of an ns-3 that builds with waf (up to 3.35).
#
# The files are listed in the three CMakeLists.txt only, and read from there, so that there is one
# list to keep. test/driver/test_file_lists.py compares what is read here with what is on disk.

import re
import sys


def cmake_list(text, name):
    """Return the words of a CMake `set(NAME WORD ...)`, in which comments may stand."""
    words = re.search(r'^\s*set\(%s\b([^)]*)\)' % re.escape(name), text, re.MULTILINE).group(1)
    return re.sub(r'#.*', '', words).split()


def configure(conf):
    conf.check_cfg(package='libgcrypt', uselib_store='L2TP_GCRYPT', args='--cflags --libs',
                   mandatory=False)
    conf.check_cfg(package='gtest', uselib_store='L2TP_GTEST', args='--cflags --libs',
                   mandatory=False)
    has_json = conf.check_nonfatal(header_name='nlohmann/json.hpp')
    has_boost = conf.check_nonfatal(header_name='boost/version.hpp')
    missing = [name for name, found in (
        ('libgcrypt', conf.env['LIB_L2TP_GCRYPT']),
        ('JSON for Modern C++', has_json),
        ('Boost', has_boost),
    ) if not found]
    if missing:
        conf.env['MODULES_NOT_BUILT'].append('l2tp')
    conf.report_optional_feature('l2tp', 'L2TP', not missing,
                                 'not found: ' + ', '.join(missing))
    conf.report_optional_feature('l2tp-tests', 'L2TP tests', bool(conf.env['LIB_L2TP_GTEST']),
                                 'GoogleTest not found')


def build(bld):
    if 'l2tp' in bld.env['MODULES_NOT_BUILT']:
        return
    text = bld.path.find_node('CMakeLists.txt').read()

    module = bld.create_ns3_module('l2tp', ['internet', 'network', 'core'])
    page = bld.path.find_or_declare('l2tp-report-page.cc')
    bld(rule='"%s" ${SRC[0].abspath()} ${TGT[0].abspath()}' % sys.executable,
        source=['scripts/report_page.py'] + bld.path.ant_glob('helper/report/page/**/*'),
        target=page)
    module.source = cmake_list(text, 'l2tp_sources') + [page]
    module.use.append('L2TP_GCRYPT')

    headers = bld(features='ns3header')
    headers.module = 'l2tp'
    headers.source = cmake_list(text, 'l2tp_headers')

    if bld.env['LIB_L2TP_GTEST']:
        tests = bld.create_ns3_module_test_library('l2tp')
        tests.source = ['test/l2tp-test-suite.cc'] + cmake_list(text, 'l2tp_test_sources')
        tests.use.append('L2TP_GTEST')
        tests.includes = 'test'
        tests.defines = ['L2TP_SOURCE_DIR="%s"' % bld.path.abspath()]

    text = bld.path.find_node('utils/CMakeLists.txt').read()
    program = bld.create_ns3_program('l2tp-dissect', ['l2tp', 'internet', 'network', 'core'])
    program.source = ['utils/' + source for source in cmake_list(text, 'l2tp_dissect_sources')]

    if bld.env['ENABLE_EXAMPLES']:
        text = bld.path.find_node('examples/CMakeLists.txt').read()
        libraries = re.findall(r'^ +\$\{lib([a-z0-9-]+)\}', text, re.MULTILINE)
        has_netanim = 'ns3-netanim' in bld.env['NS3_ENABLED_MODULES']
        if has_netanim:
            libraries.append('netanim')
        names = cmake_list(text, 'l2tp_examples')
        if 'ns3-fd-net-device' in bld.env['NS3_ENABLED_MODULES']:
            libraries.append('fd-net-device')
            names += cmake_list(text, 'l2tp_emulated_examples')
        for name in names:
            program = bld.create_ns3_program(name, ['l2tp'] + libraries)
            sources = [name + '.cc'] + cmake_list(text, 'l2tp_example_support')
            if name + '_support' in text:
                sources += cmake_list(text, name + '_support')
            program.source = ['examples/' + source for source in sources]
            if has_netanim:
                program.defines = ['L2TP_WITH_NETANIM']
