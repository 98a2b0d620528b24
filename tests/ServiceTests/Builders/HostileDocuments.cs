using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using PcBench.Contracts.Signing;

namespace PcBench.ServiceTests.Builders;

/// <summary>Documents that must be refused, each with the field that the answer has to name.</summary>
internal static class HostileDocuments
{
    private static readonly ECDsa Key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public static IReadOnlyDictionary<string, (byte[] Body, string Field)> All { get; } = new Dictionary<string, (byte[], string)>
    {
        // Shape
        ["empty body"] = ([], "$"),
        ["null"] = (Text("null"), "$"),
        ["array instead of object"] = (Text("[]"), "$"),
        ["text instead of object"] = (Text("\"pcbench.result/1\""), "$"),
        ["half of a document"] = (Valid()[..500], "*"),
        ["two documents"] = ([.. Valid(), .. Valid()], "$"),
        ["byte order mark"] = ([0xEF, 0xBB, 0xBF, .. Valid()], "$"),
        ["UTF-16"] = (Encoding.Unicode.GetBytes(Encoding.UTF8.GetString(Valid())), "$"),
        ["invalid UTF-8"] = (Replaced("\"performance\"", "\"perf\u0001\u0002ance\"", ("\u0001\u0002", [0xC3, 0x28])), "environment.governor"),
        ["overlong UTF-8"] = (Replaced("\"performance\"", "\"perf\u0001\u0002ance\"", ("\u0001\u0002", [0xC0, 0xAF])), "environment.governor"),
        ["comment"] = (Text("/* */" + Encoding.UTF8.GetString(Valid())), "$"),
        ["unknown member"] = (Replaced("\"schema\":", "\"admin\":true,\"schema\":"), "admin"),
        ["unknown member deep down"] = (Replaced("\"totalMib\":", "\"serialNumber\":\"X\",\"totalMib\":"), "machine.memory.serialNumber"),
        ["duplicate member"] = (Replaced("\"schema\":", "\"schema\":\"pcbench.result/1\",\"schema\":"), "schema"),
        ["deep nesting"] = (Text("{\"schema\":" + new string('[', 100_000)), "schema"),
        ["deep nesting in a known place"] = (Replaced("\"disks\":[", "\"disks\":[" + new string('[', 5_000)), "machine.disks[0]"),
        ["missing member"] = (Without("run", "startedAt"), "run"),
        ["missing machine"] = (Without("machine"), "$"),

        // Types
        ["text for a number"] = (Changed(d => d["run"]!["durationSeconds"] = "42"), "run.durationSeconds"),
        ["number for a text"] = (Changed(d => d["agent"]!["version"] = 1), "agent.version"),
        ["fraction for a whole number"] = (Changed(d => d["machine"]!["cpu"]!["cores"] = 1.5), "machine.cpu.cores"),
        ["object for a list"] = (Changed(d => d["machine"]!["disks"] = new JsonObject()), "machine.disks"),
        ["number for an enum"] = (Changed(d => d["run"]!["preset"] = 1), "run.preset"),
        ["unknown enum"] = (Changed(d => d["machine"]!["os"]!["family"] = "temple"), "machine.os.family"),
        ["null for a member"] = (Changed(d => d["machine"]!["cpu"]!["model"] = null), "machine.cpu.model"),
        ["null for a list"] = (Changed(d => d["workloads"] = null), "workloads"),
        ["null in a list"] = (Changed(d => d["workloads"]!.AsArray().Add(null)), "workloads[21]"),
        ["null in a list of names"] = (Changed(d => d["machine"]!["cpu"]!["instructionSets"]!.AsArray().Add(null)), "machine.cpu.instructionSets[1]"),

        // Numbers
        ["NaN"] = (Sample("NaN"), "workloads[0].samples[0]"),
        ["Infinity"] = (Sample("Infinity"), "workloads[0].samples[0]"),
        ["NaN as text"] = (Sample("\"NaN\""), "workloads[0].samples[0]"),
        ["10^308"] = (Sample("1e308"), "workloads[0].samples[0]"),
        ["10^400"] = (Sample("1e400"), "workloads[0].samples[0]"),
        ["a million digits"] = (Sample(new string('9', 500_000)), "workloads[0].samples[0]"),
        ["negative time"] = (Sample("-1"), "workloads[0].samples[0]"),
        ["zero"] = (Sample("0"), "workloads[0].samples[0]"),
        ["too small for a double"] = (Sample("1e-400"), "workloads[0].samples[0]"),
        ["latency of nothing"] = (Signed(d => Workload(d, "memory-latency")["samples"]![0] = 0.001), "workloads[16].samples[0]"),
        ["negative duration"] = (Signed(d => d["run"]!["durationSeconds"] = -1), "run.durationSeconds"),
        ["too many cores"] = (Signed(d => d["machine"]!["cpu"]!["cores"] = 1_000_000), "machine.cpu.cores"),
        ["2^31"] = (Changed(d => d["machine"]!["cpu"]!["cores"] = 2_147_483_648), "machine.cpu.cores"),
        ["no samples"] = (Signed(d => Workload(d, "sort.single")["samples"] = new JsonArray()), "workloads[3].samples"),
        ["too many samples"] = (Signed(d => Workload(d, "sort.single")["samples"] = Many(1_001)), "workloads[3].samples"),
        ["thousands of workloads"] = (Signed(d => d["workloads"] = Repeated(d["workloads"]![0]!, 2_000)), "workloads"),
        ["the same workload twice"] = (Signed(d => d["workloads"]!.AsArray().Add(d["workloads"]![0]!.DeepClone())), "workloads[21].id"),
        ["no workloads"] = (Signed(d => d["workloads"] = new JsonArray()), "workloads"),
        ["measured in the future"] = (Signed(d => d["run"]!["startedAt"] = "2999-01-01T00:00:00Z"), "run.startedAt"),
        ["measured at no time"] = (Changed(d => d["run"]!["startedAt"] = "yesterday"), "run.startedAt"),

        // Versions
        ["unknown schema"] = (Signed(d => d["schema"] = "pcbench.result/2"), "schema"),
        ["unknown workload"] = (Signed(d => d["workloads"]![0]!["id"] = "mining.single"), "workloads[0].id"),
        ["unknown workload version"] = (Signed(d => d["workloads"]![0]!["version"] = 99), "workloads[0].version"),
        ["wrong unit"] = (Signed(d => d["workloads"]![0]!["unit"] = "GB/s"), "workloads[0].unit"),
        ["wrong digest"] = (Signed(d => d["workloads"]![0]!["digest"] = new string('0', 64)), "workloads[0].digest"),

        // Names
        ["Cyrillic letter in a name"] = (Named("Int\u0435l Core i9"), "machine.cpu.model"),
        ["right-to-left override"] = (Named("Intel \u202Ei9 eroC"), "machine.cpu.model"),
        ["zero-width space"] = (Named("Intel\u200B Core"), "machine.cpu.model"),
        ["full-width letters"] = (Named("\uFF29\uFF4E\uFF54\uFF45\uFF4C"), "machine.cpu.model"),
        ["combining marks"] = (Named("I\u0300\u0301\u0302ntel"), "machine.cpu.model"),
        ["line break"] = (Named("Intel\nCore"), "machine.cpu.model"),
        ["null character"] = (Named("Intel\0Core"), "machine.cpu.model"),
        ["lone surrogate"] = (Replaced("\"performance\"", "\"\\ud800\""), "environment.governor"),
        ["script"] = (Named("<script>alert(1)</script>"), "machine.cpu.model"),
        ["template"] = (Named("{{constructor}}"), "machine.cpu.model"),
        ["quoted SQL"] = (Named("x\"); drop table result; --"), "machine.cpu.model"),
        ["empty name"] = (Named(""), "machine.cpu.model"),
        ["endless name"] = (Named(new string('A', 100_000)), "machine.cpu.model"),

        // Signatures
        ["no signature"] = (Without("signature"), "signature"),
        ["changed after signing"] = (Changed(d => d["machine"]!["cpu"]!["model"] = "Intel Core i9"), "signature.value"),
        ["signature of another key"] = (OfAnotherKey(), "signature.value"),
        ["signature of zeros"] = (Changed(d => d["signature"]!["value"] = Convert.ToBase64String(new byte[64])), "signature.value"),
        ["short signature"] = (Changed(d => d["signature"]!["value"] = "AAAA"), "signature.value"),
        ["no algorithm"] = (Changed(d => d["signature"]!["algorithm"] = "none"), "signature.algorithm"),
        ["key that is none"] = (Changed(d => d["agent"]!["publicKey"] = Convert.ToBase64String(new byte[91])), "agent.publicKey"),
        ["key of another curve"] = (Changed(d => d["agent"]!["publicKey"] = KeyOf(ECCurve.NamedCurves.nistP384)), "agent.publicKey"),
        ["key of a curve of the same size"] = (Changed(d => d["agent"]!["publicKey"] = KeyOf(ECCurve.NamedCurves.brainpoolP256r1)), "agent.publicKey"),
    };

    private static byte[] Valid() => new ResultBuilder { Key = Key }.Signed();

    private static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);

    /// <summary>A valid document changed after it was signed.</summary>
    private static byte[] Changed(Action<JsonNode> change)
    {
        var document = JsonNode.Parse(Valid())!;
        change(document);
        return JsonSerializer.SerializeToUtf8Bytes(document);
    }

    /// <summary>A document changed and signed after that: only the change itself is wrong with it.</summary>
    private static byte[] Signed(Action<JsonNode> change)
    {
        var changed = Changed(change);
        var value = Key.SignHash(SignedContent.Of(changed).Hash);
        var document = JsonNode.Parse(changed)!;
        document["signature"]!["value"] = Convert.ToBase64String(value);
        return JsonSerializer.SerializeToUtf8Bytes(document);
    }

    private static byte[] Named(string model) => Signed(d => d["machine"]!["cpu"]!["model"] = model);

    private static byte[] Sample(string token) => Changed(d => d["workloads"]![0]!["samples"]![0] = "TOKEN", "\"TOKEN\"", token);

    private static byte[] Changed(Action<JsonNode> change, string from, string to) =>
        Text(Encoding.UTF8.GetString(Changed(change)).Replace(from, to, StringComparison.Ordinal));

    private static byte[] Replaced(string from, string to) =>
        Text(Encoding.UTF8.GetString(Valid()).Replace(from, to, StringComparison.Ordinal));

    private static byte[] Replaced(string from, string to, (string Mark, byte[] Bytes) raw)
    {
        var text = Encoding.UTF8.GetString(Valid()).Replace(from, to, StringComparison.Ordinal);
        var at = text.IndexOf(raw.Mark, StringComparison.Ordinal);
        return [.. Text(text[..at]), .. raw.Bytes, .. Text(text[(at + raw.Mark.Length)..])];
    }

    private static byte[] Without(params string[] path) => Changed(d =>
    {
        var parent = path[..^1].Aggregate(d, (node, name) => node[name]!);
        parent.AsObject().Remove(path[^1]);
    });

    private static byte[] OfAnotherKey()
    {
        var (mine, other) = (JsonNode.Parse(Valid())!, JsonNode.Parse(new ResultBuilder().Signed())!);
        mine["signature"] = other["signature"]!.DeepClone();
        return JsonSerializer.SerializeToUtf8Bytes(mine);
    }

    private static string KeyOf(ECCurve curve)
    {
        using var key = ECDsa.Create(curve);
        return Convert.ToBase64String(key.ExportSubjectPublicKeyInfo());
    }

    private static JsonNode Workload(JsonNode document, string id) =>
        document["workloads"]!.AsArray().First(workload => (string)workload!["id"]! == id)!;

    private static JsonArray Many(int count) => new([.. Enumerable.Range(1, count).Select(i => JsonValue.Create(double.Parse("1." + i, CultureInfo.InvariantCulture)))]);

    private static JsonArray Repeated(JsonNode node, int count) => new([.. Enumerable.Range(0, count).Select(_ => node.DeepClone())]);
}
