using PcBench.Contracts.Api;
using PcBench.Contracts.Metrics;

namespace PcBench.Ml.Tables;

/// <summary>
/// Reads machines from tables with the columns of the public data sets: servers (<c>cpu_model_name</c>) or CPU models of charts
/// (<c>cpu_name</c>). Every other column may be missing, every cell empty.
/// </summary>
internal static class Machines
{
    private static readonly string[] Flags =
        ["sse4_2", "avx", "avx2", "fma", "avx512f", "avx512_vnni", "avx512_bf16", "amx_tile", "aes", "sha_ni", "asimd", "sve", "sve2"];

    /// <exception cref="TableException">A file is no such table.</exception>
    public static List<Machine> Read(IEnumerable<string> files) => [.. files.SelectMany(file => Of(Table.Read(file)))];

    /// <summary>The tables of machines in a folder, by name; others are left alone.</summary>
    public static IReadOnlyList<string> FilesOf(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*.csv").Where(file => KindOf(Header(file)) is not null && !IsTampered(Header(file))).Order(StringComparer.Ordinal)];

    public static IEnumerable<Machine> Of(Table table) => KindOf(table.Columns) switch
    {
        MachineKind.Server => table.Rows.Select(Server),
        MachineKind.Chart => table.Rows.Select(Chart),
        _ => throw new TableException(table.File, 1, null,
            "It is no table of machines: it has neither a column 'cpu_model_name' (servers) nor 'cpu_name' (CPU models of charts)."),
    };

    private static MachineKind? KindOf(IReadOnlyList<string> columns) =>
        columns.Contains("cpu_model_name") ? MachineKind.Server : columns.Contains("cpu_name") ? MachineKind.Chart : null;

    private static bool IsTampered(IReadOnlyList<string> columns) => columns.Contains("is_tampered");

    private static string[] Header(string file) => (System.IO.File.ReadLines(file).FirstOrDefault() ?? "").Split(',');

    private static Machine Server(TableRow row)
    {
        var known = Flags.Where(flag => row.Text("flag_" + flag) is not null).ToList();
        var name = row.Text("cpu_model_name");
        var hardware = new Hardware
        {
            CpuModel = name,
            Vendor = row.Text("cpu_vendor"),
            Microarchitecture = row.Text("cpu_microarch"),
            Architecture = row.Text("architecture"),
            CpuidFamily = row.Whole("cpuid_family"),
            CpuidModel = row.Whole("cpuid_model"),
            CpuidStepping = row.Whole("cpuid_stepping"),
            Sockets = Count(row, "sockets"),
            Cores = Count(row, "cores"),
            Threads = Count(row, "threads"),
            BaseMhz = row.Number("base_mhz"),
            MaxMhz = row.Number("lscpu_max_mhz"),
            ReportedMhz = row.Number("geekbench_reported_mhz"),
            FirmwareMaxMhz = row.Number("dmi_max_mhz"),
            L1DataKib = row.Number("l1d_kib"),
            L1InstructionKib = row.Number("l1i_kib"),
            L2Kib = row.Number("l2_kib"),
            L2Instances = Count(row, "l2_instances"),
            L3Kib = row.Number("l3_kib"),
            L3Instances = Count(row, "l3_instances"),
            InstructionSets = known.Count == 0 ? null : [.. known.Where(flag => row.Number("flag_" + flag) > 0)],
            NumaNodes = Count(row, "numa_nodes"),
            MemoryMib = row.Number("memory_total_mib"),
            MemoryType = row.Text("memory_type"),
            MemoryMts = row.Number("memory_speed_mt_s"),
            MemoryModules = Count(row, "memory_devices"),
            Hypervisor = row.Text("hypervisor") ?? (row.Table.Has("hypervisor") && row.Text("virtualization_type") is null ? "" : null),
            Shared = row.Text("cpu_allocation") is { } allocation ? allocation == "shared_or_burstable" : null,
        };
        return new Machine(MachineKind.Server, hardware, row.Text("cpu_model_family") ?? name ?? "unknown", Figures(row), 1, row);
    }

    private static Machine Chart(TableRow row)
    {
        double? Best(string column) => row.Number(column) ?? row.Number("spec_" + column);
        var name = row.Text("cpu_name");
        var cores = Count(row, "cores") ?? Count(row, "spec_cores");
        var hardware = new Hardware
        {
            CpuModel = name,
            Vendor = row.Text("cpu_vendor"),
            Sockets = 1,
            Cores = cores,
            Threads = Count(row, "threads") ?? Count(row, "spec_threads"),
            PerformanceCores = Count(row, "p_cores"),
            EfficiencyCores = Count(row, "e_cores"),
            BaseMhz = Best("base_mhz"),
            MaxMhz = Best("turbo_mhz"),
            EfficiencyMaxMhz = row.Number("e_core_turbo_mhz") ?? row.Number("e_core_base_mhz"),
            L1DataKib = row.Number("l1d_kib"),
            L1InstructionKib = row.Number("l1i_kib"),
            L2Kib = Best("l2_kib"),
            L3Kib = row.Number("spec_l3_kib") ?? row.Number("l3_kib"),
            MemoryChannels = Count(row, "spec_memory_channels"),
            TdpW = Best("tdp_w"),
            LaunchYear = Count(row, "spec_launch_year") ?? Count(row, "first_seen_year"),
            Category = row.Text("category"),
            Socket = row.Text("socket") ?? row.Text("spec_socket"),
        };
        return new Machine(MachineKind.Chart, hardware, row.Text("cpu_family") ?? name ?? "unknown", Figures(row, chart: true), row.Number("samples") ?? 1, row);
    }

    private static int? Count(TableRow row, string column) => row.Number(column) is > 0 and <= 1e6 and var number ? (int)number : null;

    private static Dictionary<string, double> Figures(TableRow row, bool chart = false)
    {
        var figures = new Dictionary<string, double>();
        foreach (var column in row.Table.Columns)
        {
            // The charts' subtests are averages, no run of a machine: they are not the metrics of the same name.
            if (ExternalMetrics.OfColumn(column) is { } metric && chart == metric.Id.StartsWith("passmark-chart.", StringComparison.Ordinal)
                && row.Number(column) is > 0 and var figure)
                figures[metric.Id] = figure;
        }

        return figures;
    }
}
