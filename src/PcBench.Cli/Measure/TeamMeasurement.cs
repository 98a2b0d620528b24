using System.Security.Cryptography;
using PcBench.Cli.Workloads;
using PcBench.Contracts.Workloads;

namespace PcBench.Cli.Measure;

/// <summary>A workload on the first threads of a team, one kernel each.</summary>
/// <param name="workload">What is measured.</param>
/// <param name="team">Whose threads.</param>
/// <param name="kernels">One for each thread that works.</param>
/// <param name="runs">Runs a kernel in one sample.</param>
/// <param name="share">How the runs are shared out.</param>
internal sealed class TeamMeasurement(Workload workload, Team team, IReadOnlyList<IKernel> kernels, int runs, Share share) : IMeasurement
{
    private const int WarmUpsPerVariant = 3;

    private readonly IReadOnlyList<string> variants = (kernels[0] as IVariantKernel)?.Variants ?? [];
    private readonly double[] bestOfVariant = new double[(kernels[0] as IVariantKernel)?.Variants.Count ?? 1];
    private int warmUps;

    public Workload Workload { get; } = workload;

    public int Threads => kernels.Count;

    public string? Variant => variants.Count == 0 ? null : variants[Fastest];

    // A disk neither compiles nor fills caches of ours; one window tells how many accesses the next shall have.
    public int WarmUps => Workload.Kind == ScoreKind.Storage ? 1 : WarmUpsPerVariant * Math.Max(2, variants.Count);

    private int Fastest => Array.IndexOf(bestOfVariant, bestOfVariant.Max());

    public Sample WarmUp()
    {
        var variant = warmUps++ % bestOfVariant.Length;
        var sample = Take(variant);
        bestOfVariant[variant] = Math.Max(bestOfVariant[variant], sample.Value);
        return sample;
    }

    public Sample Take() => Take(Fastest);

    private Sample Take(int variant)
    {
        foreach (var kernel in kernels.OfType<IVariantKernel>())
            kernel.Variant = variant;
        var work = team.Run(kernels, runs, share);
        CheckOutputs(work.Amounts);
        var amount = work.Amounts.Sum();
        var value = Workload.Better == Better.Higher ? amount / work.Seconds : work.Seconds / amount;
        // Who waits for a device uses no processor meanwhile, and need not.
        var waits = Workload.Kind is ScoreKind.Storage or ScoreKind.Gpu;
        return waits ? new Sample(value, null) : new Sample(value, work.CpuShare, work.Switches, work.Faults);
    }

    private void CheckOutputs(double[] amounts)
    {
        var digests = new string[Threads];
        team.Each(Threads, member =>
        {
            if (amounts[member] == 0)
                return;
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            kernels[member].AppendOutput(hash);
            digests[member] = Convert.ToHexStringLower(hash.GetHashAndReset());
        });
        if (digests.FirstOrDefault(digest => digest is not null && digest != Workload.Digest) is { } wrong)
            throw new WrongOutputException(Workload.Id, wrong);
    }
}
