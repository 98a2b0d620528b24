using System.Globalization;
using System.Text;
using PcBench.Cli.Machine;
using PcBench.Cli.Machine.Cpu;

namespace PcBench.UnitTests.Machine;

/// <summary>
/// Files of a machine that is not here. A capture is one text: on each line a path, a tab and a line of that file, as
/// <c>grep -H</c> gives them.
/// </summary>
internal sealed class CapturedFiles : IFileTree
{
    private readonly Dictionary<string, byte[]> files;

    public CapturedFiles()
        : this(new Dictionary<string, byte[]>(StringComparer.Ordinal))
    {
    }

    private CapturedFiles(Dictionary<string, byte[]> files) => this.files = files;

    public static CapturedFiles Load(string name) => Parse(File.ReadAllText(CapturePath(name + ".txt")));

    public static CapturedFiles Parse(string capture)
    {
        var captured = new CapturedFiles();
        var lines = capture.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t', 2));
        foreach (var file in lines.GroupBy(line => line[0], line => line.Length > 1 ? line[1] : ""))
            captured.With(file.Key, string.Join('\n', file) + "\n");
        return captured;
    }

    public IEnumerable<string> Paths => files.Keys;

    public CapturedFiles Copy() => new(new Dictionary<string, byte[]>(files, StringComparer.Ordinal));

    public CapturedFiles With(string path, string text) => With(path, Encoding.ASCII.GetBytes(text));

    public CapturedFiles With(string path, byte[] bytes)
    {
        files[path] = bytes;
        return this;
    }

    public string? Text(string path) => Bytes(path) is { } bytes ? Encoding.UTF8.GetString(bytes) : null;

    public byte[]? Bytes(string path) => files.GetValueOrDefault(path);

    public IReadOnlyList<string> Entries(string path) =>
        [.. files.Keys.Where(file => file.StartsWith(path + "/", StringComparison.Ordinal))
            .Select(file => file[(path.Length + 1)..].Split('/')[0])
            .Distinct().Order(StringComparer.Ordinal)];

    internal static string CapturePath(string file) => Path.Combine(AppContext.BaseDirectory, "Machine", "Captures", file);
}

/// <summary>CPUID of a processor that is not here, in the format of <c>cpuid --raw</c>.</summary>
internal static class CapturedCpuId
{
    public static CpuIdReader Load(string name) => Parse(File.ReadAllText(CapturedFiles.CapturePath(name + ".cpuid.txt")));

    public static CpuIdReader Parse(string capture)
    {
        var leaves = capture.Split('\n', StringSplitOptions.RemoveEmptyEntries).ToDictionary(
            line => (Hex(line[..10]), Hex(line[11..15])),
            line => new CpuIdRegisters(Register(line, "eax"), Register(line, "ebx"), Register(line, "ecx"), Register(line, "edx")));
        return (leaf, subleaf) => leaves.GetValueOrDefault((leaf, subleaf));
    }

    private static uint Register(string line, string name) =>
        Hex(line.Substring(line.IndexOf(name + "=", StringComparison.Ordinal) + name.Length + 1, 10));

    private static uint Hex(string text) => uint.Parse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
