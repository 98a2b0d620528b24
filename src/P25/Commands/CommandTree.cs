using System.CommandLine;
using System.CommandLine.Help;
using PcBench.Shared;

namespace P25.Commands;

/// <summary>All commands of <c>p25</c>.</summary>
internal static class CommandTree
{
    public static Command Create(P25Context context)
    {
        var common = new CommonOptions(context);
        var root = new CommandWithExamples("p25", """
            p25 ships PcBench through its contours: built once, deployed by digest, verified, and taken back where it fails.
            deploy/contours.yaml says what may go where; docs/p25.md describes everything, docs/operations.md says what to do when.
            """, """
            p25 policy explain v1.2.3
            p25 build && p25 preflight stage && p25 deploy stage
            p25 status
            """)
        {
            new HelpOption(), new VersionOption(),
            PolicyCommand.Create(common),
            BuildCommand.Create(common),
            PromoteCommand.Create(common),
            PreflightCommand.Create(common),
            PlanCommand.Create(common),
            ApproveCommand.Create(common),
            DeployCommand.Create(common),
            VerifyCommand.Create(common),
            RollbackCommand.Create(common),
            HoldCommand.Create(common),
            ReleaseCommand.Create(common),
            StatusCommand.Create(common),
            HistoryCommand.Create(common),
            DriftCommand.Create(common),
            DoctorCommand.Create(common),
            SecretsCommand.Create(common),
            ObserveCommand.Create(common),
        };
        common.AddTo(root);
        CommandWithExamples.ShowExamples(root);
        return root;
    }
}
