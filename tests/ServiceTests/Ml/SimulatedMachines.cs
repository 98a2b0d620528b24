using System.Globalization;
using System.Text;

namespace PcBench.ServiceTests.Ml;

/// <summary>Tables of machines whose scores follow a known law with known noise.</summary>
internal static class SimulatedMachines
{
    private static readonly (string Name, double PerClock, int L2)[] Cores = [("Haswell", 1.17, 256), ("Zen2", 1.4, 512), ("IceLake", 1.56, 1280), ("Zen4", 1.9, 1024)];

    /// <param name="firstFamily">Number of the first family: other numbers are other families.</param>
    /// <param name="families">How many.</param>
    /// <param name="rows">Rows of each.</param>
    /// <param name="noise">Standard deviation of a family and of a row, as a logarithm's.</param>
    public static string Csv(int firstFamily, int families, int rows, double noise = 0.04)
    {
        var random = new Random(firstFamily + 17);
        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        var text = new StringBuilder("cpu_model_name,cpu_model_family,cpu_microarch,cpu_vendor,architecture,cores,threads,base_mhz,l2_kib,l3_kib,memory_total_mib,geekbench_single,geekbench_multi,passmark_cpu_mark,stressng_div16_single_bogo_ops_s,stressng_div16_all_threads_bogo_ops_s,bw_mem_read_mb_s\n");
        for (var family = firstFamily; family < firstFamily + families; family++)
        {
            var core = Cores[family % Cores.Length];
            var (clock, bias) = (2000 + (random.Next(12) * 100), Normal() * noise);
            for (var row = 0; row < rows; row++)
            {
                var cores = 1 << random.Next(1, 6);
                var single = core.PerClock * clock * 0.4 * Math.Exp(bias + (Normal() * noise));
                double Of(double figure) => Math.Round(figure * Math.Exp(Normal() * noise), 2);
                text.AppendLine(string.Join(',', new object[]
                {
                    $"Chip {family}", $"F{family}", core.Name, core.Name.StartsWith("Zen", StringComparison.Ordinal) ? "AuthenticAMD" : "GenuineIntel", "x86_64", cores, cores * 2, clock, cores * core.L2, cores * 2048, cores * 4096,
                    Math.Round(single, 1), Of(single * Math.Pow(cores, 0.8)), Of(single * cores * 1.7), Of(single * 0.8), Of(single * cores), Of(9000 * Math.Min(cores, 10)),
                }.Select(value => Convert.ToString(value, CultureInfo.InvariantCulture))));
            }
        }

        return text.ToString();
    }
}
