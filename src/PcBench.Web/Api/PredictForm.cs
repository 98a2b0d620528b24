using System.Globalization;
using PcBench.Contracts.Api;

namespace PcBench.Web.Api;

/// <summary>What is asked of a prediction, as its form and its address hold it: text, of which what is not a number is not known.</summary>
public sealed class PredictForm
{
    private static readonly (string Key, Func<PredictForm, string?> Get, Action<PredictForm, string> Set)[] Fields =
    [
        ("cpu", form => form.Cpu, (form, text) => form.Cpu = text),
        ("cores", form => form.Cores, (form, text) => form.Cores = text),
        ("threads", form => form.Threads, (form, text) => form.Threads = text),
        ("base", form => form.BaseGhz, (form, text) => form.BaseGhz = text),
        ("max", form => form.MaxGhz, (form, text) => form.MaxGhz = text),
        ("l3", form => form.L3Mib, (form, text) => form.L3Mib = text),
        ("memory", form => form.MemoryGib, (form, text) => form.MemoryGib = text),
        ("type", form => form.MemoryType, (form, text) => form.MemoryType = text),
        ("rate", form => form.MemoryMts, (form, text) => form.MemoryMts = text),
        ("hypervisor", form => form.Hypervisor, (form, text) => form.Hypervisor = text),
    ];

    /// <summary>Processor, as its maker names it.</summary>
    public string? Cpu { get; set; }

    /// <summary>Physical cores.</summary>
    public string? Cores { get; set; }

    /// <summary>Logical processors.</summary>
    public string? Threads { get; set; }

    /// <summary>Nominal clock in GHz.</summary>
    public string? BaseGhz { get; set; }

    /// <summary>Highest clock in GHz.</summary>
    public string? MaxGhz { get; set; }

    /// <summary>Level 3 caches together, in MiB.</summary>
    public string? L3Mib { get; set; }

    /// <summary>Memory in GiB.</summary>
    public string? MemoryGib { get; set; }

    /// <summary>Kind of memory: DDR5.</summary>
    public string? MemoryType { get; set; }

    /// <summary>Transfer rate of memory in MT/s.</summary>
    public string? MemoryMts { get; set; }

    /// <summary><c>none</c>, or the hypervisor's name.</summary>
    public string? Hypervisor { get; set; }

    /// <summary>Whether enough is given to ask: a processor, or how many threads there are.</summary>
    public bool IsComplete => !string.IsNullOrWhiteSpace(Cpu) || Number(Threads) is not null;

    /// <summary>What an address asks.</summary>
    public static PredictForm Of(Uri address)
    {
        var form = new PredictForm();
        foreach (var pair in address.Query.TrimStart('?').Split('&'))
        {
            var parts = pair.Split('=', 2);
            foreach (var (key, _, set) in Fields)
            {
                if (parts.Length == 2 && parts[0] == key)
                    set(form, Uri.UnescapeDataString(parts[1].Replace('+', ' ')));
            }
        }

        return form;
    }

    /// <summary>The address of this question, from its question mark on; empty where nothing is asked.</summary>
    public string ToQueryString()
    {
        var pairs = Fields.Select(field => (field.Key, Text: field.Get(this)?.Trim())).Where(field => !string.IsNullOrEmpty(field.Text))
            .Select(field => $"{field.Key}={Uri.EscapeDataString(field.Text!)}");
        return string.Join('&', pairs) is { Length: > 0 } query ? $"?{query}" : "";
    }

    /// <summary>What the server is asked.</summary>
    public PredictRequest ToRequest() => new(new Hardware
    {
        CpuModel = Text(Cpu),
        Cores = Whole(Cores),
        Threads = Whole(Threads),
        BaseMhz = 1_000 * Number(BaseGhz),
        MaxMhz = 1_000 * Number(MaxGhz),
        L3Kib = 1_024 * Number(L3Mib),
        MemoryMib = 1_024 * Number(MemoryGib),
        MemoryType = Text(MemoryType),
        MemoryMts = Number(MemoryMts),
        Hypervisor = Text(Hypervisor) is "none" ? "" : Text(Hypervisor),
    });

    private static string? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static double? Number(string? text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;

    private static int? Whole(string? text) => Number(text) is { } number && number == Math.Floor(number) && number <= 1_000_000 ? (int)number : null;
}
