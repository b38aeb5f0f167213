namespace Gateway.Imaging.Modalities;

/// <summary>The values that a generator's -1 and 1 stand for, in the modality's own units.</summary>
public readonly record struct GreyRange(float Low, float High)
{
    /// <summary>-20 to 100 HU, the window of the windowed head CT the shipped models were trained with.</summary>
    public static GreyRange Brain { get; } = new(-20, 100);

    /// <summary>-1000 to 2000 HU, the window of a CT model's second channel: air to cortical bone.</summary>
    public static GreyRange Wide { get; } = new(-1000, 2000);

    public float Width => High - Low;

    /// <summary>Clips, then scales to [-1, 1].</summary>
    public float ToUnit(float value) => (Math.Clamp(value, Low, High) - Low) / (High - Low) * 2 - 1;

    public float FromUnit(float unit) => (Math.Clamp(unit, -1, 1) + 1) / 2 * (High - Low) + Low;
}
