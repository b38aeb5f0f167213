using Gateway.Contracts.Reasons;

namespace Gateway.TranslationWorker;

/// <summary>Tells people why stacks of a series are not translated. What holds for many stacks is said once.</summary>
internal static class StackReasons
{
    /// <summary>Stacks with the same reason are named up to so many.</summary>
    private const int MostNames = 3;

    /// <summary>Of a series without an eligible stack: every reason, each with the stacks that give it.</summary>
    public static IReadOnlyList<Reason> OfRefused(IEnumerable<JudgedStack> judged) =>
    [
        .. from stack in judged
           from reason in stack.Verdict.Reasons
           group stack.Stack.Name by reason into same
           select same.Key.Of(Names([.. same])),
    ];

    /// <summary>Of the stacks beside the chosen one.</summary>
    public static IReadOnlyList<Reason> OfSetAside(IEnumerable<JudgedStack> others) =>
    [
        .. from stack in others
           group stack.Stack.Name by string.Join(' ', stack.Verdict.Reasons.Select(reason => reason.Text)) into same
           select ReasonCode.SetAside.Because(same.Key.Length > 0 ? same.Key
               : "could be translated as well; a soft kernel, then most slices, then the earliest decides.").Of(Names([.. same])),
    ];

    private static string Names(IReadOnlyList<string> names) =>
        string.Join("; ", names.Take(MostNames)) + (names.Count > MostNames ? $"; and {names.Count - MostNames} stacks more" : "");
}
