using Gateway.Workshop.Phantom;

namespace Gateway.Workshop.Pathology;

/// <summary>The pair of values that a kind of tissue has: ranges of HU, and of T2 relative to white matter where CSF is 3.6. HU of water,
/// blood and calcium follow textbooks of head CT; T2 of blood follows its stages (Bradley 1993); lesions full of water come up to 0.8 of
/// the way from white matter to CSF, as they do in real series.</summary>
internal sealed record FindingLook(FindingKind Kind, float LowHu, float HighHu, float LowT2, float HighT2)
{
    private static readonly FindingLook[] Table =
    [
        new(FindingKind.Oedema, 16, 24, 1.8f, 3),
        new(FindingKind.AcuteInfarct, 18, 27, 1.6f, 2.7f),
        new(FindingKind.OldInfarct, 4, 12, 2.8f, 3.6f),
        new(FindingKind.AcuteBlood, 56, 75, 0.4f, 1.1f),
        new(FindingKind.OldBlood, 32, 44, 1.9f, 3),
        new(FindingKind.MultipleSclerosis, 20, 27, 1.7f, 2.9f),
        new(FindingKind.SmallVessel, 19, 25, 1.6f, 2.5f),
        new(FindingKind.Tumour, 24, 45, 1.4f, 2.9f),
        new(FindingKind.Cyst, 3, 16, 2.9f, 3.7f),
        new(FindingKind.Calcification, 110, 500, 0.2f, 0.6f),
        new(FindingKind.AcuteSubdural, 58, 75, 0.5f, 1.3f),
        new(FindingKind.ChronicSubdural, 10, 30, 2, 3.4f),
        new(FindingKind.Epidural, 58, 78, 0.5f, 1.3f),
        new(FindingKind.Subarachnoid, 45, 65, 1.6f, 2.6f),
        new(FindingKind.Ventricular, 50, 72, 0.5f, 1.4f),
        new(FindingKind.Craniotomy, 30, 50, 0.8f, 2),
        new(FindingKind.OpacifiedSinus, 10, 45, 1.8f, 3.4f),
    ];

    public static FindingLook Of(FindingKind kind) => Array.Find(Table, look => look.Kind == kind)
        ?? throw new InvalidOperationException($"{kind} has no look.");

    /// <summary>Both values of one finding. More water is less dense and brighter, more clot or calcium denser and darker,
    /// loosely.</summary>
    public (float Hounsfield, float T2) Draw(PhantomRandom random)
    {
        var dense = random.Uniform(0, 1);
        float Near() => Math.Clamp(dense + random.Uniform(-0.25f, 0.25f), 0, 1);
        return (LowHu + (Near() * (HighHu - LowHu)), HighT2 - (Near() * (HighT2 - LowT2)));
    }
}
