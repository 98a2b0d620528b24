using PcBench.Contracts.Api;
using PcBench.Ml.Models;

namespace PcBench.Ml.Assessing;

/// <summary>
/// Tells altered results from honest ones: what each part should score on such hardware, how parts and subtests go together, and
/// trees that weigh what stands out.
/// </summary>
/// <param name="Expected">What each part should be; null where too little was measured to say.</param>
/// <param name="Siblings">How subtests stand to each other.</param>
/// <param name="Relations">How parts go together.</param>
/// <param name="Classifier">Weighs the signals.</param>
/// <param name="Threshold">What 1 % of honest results of unseen families exceed.</param>
internal sealed record SuspicionModel(IReadOnlyList<Regressor?> Expected, SiblingModel Siblings, Relations Relations, Forest Classifier, double Threshold)
{
    /// <summary>How many times its usual spread makes something worth telling.</summary>
    private const double Telling = 3.5;

    private const double Temperature = 3;

    /// <summary>Score of a result that cannot be.</summary>
    private const double Impossible = 0.95;

    public static bool Knows(IReadOnlyDictionary<string, double> figures) => Parts.All.Count(part => part.Level(figures) is not null) >= 2;

    /// <returns>A score of 0 to 1, 0.5 and more for what is flagged, and the reasons, the weightiest first.</returns>
    public (double Score, IReadOnlyList<Finding> Findings) Judge(Hardware hardware, IReadOnlyDictionary<string, double> figures)
    {
        var signals = Signals.Of(Expected, Siblings, Relations, hardware, MachineFeatures.Of(Tables.MachineKind.Server, hardware), figures);
        var score = ScoreOf(Classifier.Evaluate(signals.Values));
        if (signals.IsImpossible)
            score = Math.Max(score, Impossible);
        var reasons = Reasons.Of(signals, hardware, figures).ToList();
        var told = reasons.Where(reason => reason.Weight >= Telling).OrderByDescending(reason => reason.Weight).Take(6).ToList();
        if (told.Count == 0 && score >= 0.5)
            told = [.. reasons.OrderByDescending(reason => reason.Weight).Take(1)];
        return (score, [.. told.Select(reason => reason.Finding)]);
    }

    /// <summary>The threshold becomes 0.5; log-odds far from it approach 0 and 1, slowly enough that results can still be ordered.</summary>
    private double ScoreOf(double odds) => 1 / (1 + Math.Exp(-(odds - Threshold) / Temperature));

    public void Write(BinaryWriter writer)
    {
        writer.Many(Expected, (w, regressor) =>
        {
            w.Write(regressor is not null);
            regressor?.Write(w);
        });
        Siblings.Write(writer);
        writer.Many(Relations.Covariance, (w, row) => w.Many(row, (x, cell) => x.Write(cell)));
        writer.Many(Relations.Usual, (w, usual) => w.Write(usual));
        Classifier.Write(writer);
        writer.Write(Threshold);
    }

    public static SuspicionModel Read(BinaryReader reader)
    {
        var at = 0;
        var expected = reader.Many(r =>
        {
            var part = Parts.All[at++];
            return r.ReadBoolean() ? Regressor.Read(part.Name, MachineFeatures.Server, r) : null;
        });
        return new SuspicionModel(expected, SiblingModel.Read(reader),
            new Relations(reader.Many(r => r.Many(x => x.ReadDouble())), reader.Many(r => r.ReadDouble())), Forest.Read(reader), reader.ReadDouble());
    }
}
