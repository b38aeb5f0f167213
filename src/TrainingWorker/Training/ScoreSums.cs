using System.Globalization;
using Gateway.Imaging.Modalities;
using Gateway.TrainingWorker.Data;

namespace Gateway.TrainingWorker.Training;

/// <summary>Sums over the held-out pairs of one folder.</summary>
/// <param name="hounsfield">Whether the made modality is CT.</param>
internal sealed class ScoreSums(bool hounsfield)
{
    private const double NearMm = 15, BoneHu = 100;

    /// <summary>The brain window ends at 100 HU, and a made picture hardly reaches its end.</summary>
    private const double BoneHuInWindow = 95;

    private readonly Mean _head = new(), _near = new(), _far = new(), _brain = new(), _ssim = new();
    private readonly FindingContrast _contrast = new();
    private (long Both, long Made, long Truth) _bone;

    // What a difference of 1 on -1..1 is worth.
    private double Unit => hounsfield ? GreyRange.Brain.Width / 2 : 0.5;

    /// <param name="pair">The truth.</param>
    /// <param name="direction">What was made of what.</param>
    /// <param name="planes">The made channels, Size x Size each.</param>
    /// <param name="ssim">Of the first channel.</param>
    public void Add(PreparedPair pair, Direction direction, float[][] planes, double ssim)
    {
        var (source, truth) = (Values(pair[direction.From]), Values(pair[direction.To]));
        var tissue = pair.Tissue is { } known ? known.Codes : default;
        var (head, brain) = (new Mean(), new Mean());
        for (var i = 0; i < truth.Length; i++)
        {
            if (source[i] <= -1 && truth[i] <= -1 && (tissue.IsEmpty || tissue[i] == 0))
                continue;
            var error = Unit * Math.Abs(planes[0][i] - truth[i]);
            head.Add(error);
            if (!tissue.IsEmpty && PairTissue.IsInSkull(tissue[i]))
                brain.Add(error);
        }
        _head.Add(head);
        _brain.Add(brain);
        if (pair.Entry is { } entry)
            (Math.Abs(entry.LevelMm) <= NearMm ? _near : _far).Add(head);
        _ssim.Add(ssim);
        if (hounsfield)
            AddBone(planes, truth, pair.Wide is null ? null : Values(pair.Wide));
        if (pair.Finding is { } finding)
            _contrast.Add(finding.Codes, finding.Size, source, truth, planes[0]);
    }

    public PairScores Scores() => new()
    {
        Pairs = _ssim.Count,
        Head = _head.Value ?? 0,
        Near = _near.Value,
        Far = _far.Value,
        Brain = _brain.Value,
        Ssim = _ssim.Value ?? 0,
        Bone = _bone.Made + _bone.Truth > 0 ? 2.0 * _bone.Both / (_bone.Made + _bone.Truth) : null,
        Contrast = _contrast.ByKind().ToDictionary(
            kind => kind.Kind.ToString(CultureInfo.InvariantCulture), kind => Math.Round(kind.Ratio, 3)),
        Score = (_head.Value ?? 0) / (2 * Unit),
    };

    private void AddBone(float[][] planes, float[] truth, float[]? wide)
    {
        var byWide = planes.Length > 1 && wide is not null;
        var (made, real, limit) = byWide
            ? (planes[1], wide!, GreyRange.Wide.ToUnit((float)BoneHu)) : (planes[0], truth, GreyRange.Brain.ToUnit((float)BoneHuInWindow));
        for (var i = 0; i < real.Length; i++)
        {
            var (a, b) = (made[i] > limit, real[i] > limit);
            _bone = (_bone.Both + (a && b ? 1 : 0), _bone.Made + (a ? 1 : 0), _bone.Truth + (b ? 1 : 0));
        }
    }

    private static float[] Values(PreparedPicture picture)
    {
        var values = new float[picture.Size * picture.Size];
        picture.CopyTo(values);
        return values;
    }
}
