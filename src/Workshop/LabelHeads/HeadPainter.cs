using System.Numerics;
using Gateway.Imaging.Grids;
using Gateway.Workshop.Phantom;

namespace Gateway.Workshop.LabelHeads;

/// <summary>
/// Paints slices of one head in one pose as both scanners would image them. The label map is interpolated as shares of tissues, so edges
/// are partial volume and no stairs; thick slices are the mean of planes about 1.3 mm apart; findings lie over the tissues.
/// </summary>
internal sealed class HeadPainter
{
    private const int Side = PaintedSlice.Side;
    private const float PlaneMm = 1.3f;
    private const float LeastShare = 0.3f;

    private readonly LabelHead _head;
    private readonly HeadPose _pose;
    private readonly HeadLook _look;
    private readonly IReadOnlyList<Finding> _findings;
    private readonly SliceFinish _finish;
    private readonly WaveNoise _grain;
    private readonly float[] _t2;
    private readonly float[] _ct;

    /// <param name="head">Tissues.</param>
    /// <param name="pose">Where it lies.</param>
    /// <param name="look">What the tissues look like.</param>
    /// <param name="findings">Laid over the tissues, in this order.</param>
    /// <param name="seed">Of texture and noise.</param>
    public HeadPainter(LabelHead head, HeadPose pose, HeadLook look, IReadOnlyList<Finding> findings, ulong seed)
    {
        (_head, _pose, _look, _findings, _t2, _ct) = (head, pose, look, findings, look.T2, look.Hounsfield);
        _finish = new(look, seed);
        _grain = new(new PhantomRandom(PhantomRandom.Hash(seed ^ 0x6A41)), 1, 4, 14);
    }

    /// <param name="level">Of the slice's middle, mm above the reference's level.</param>
    /// <param name="thickness">mm.</param>
    public PaintedSlice Paint(float level, float thickness)
    {
        var planes = Math.Max(1, (int)MathF.Round(thickness / PlaneMm));
        var (t2, ct) = (new Image(Side, Side), new Image(Side, Side));
        var (tissues, findings, head) = (new HeadTissue[Side * Side], new byte[Side * Side], new Mask(Side, Side));
        Span<float> shares = stackalloc float[32];
        Span<float> found = stackalloc float[256];
        var cut = false;
        for (var i = 0; i < tissues.Length; i++)
        {
            shares.Clear();
            found.Clear();
            for (var plane = 0; plane < planes; plane++)
            {
                var at = Position(i, level + (thickness * (((plane + 0.5f) / planes) - 0.5f)));
                var (signal, hu) = Sample(at, 1f / planes, shares, found);
                (t2.Pixels[i], ct.Pixels[i]) = (t2.Pixels[i] + (signal / planes), ct.Pixels[i] + (hu / planes));
                cut |= IsBeyondEnd(at);
            }
            head.Pixels[i] = shares[(int)HeadTissue.Outside] < 0.5f;
            tissues[i] = Main(shares);
            findings[i] = Most(found);
        }
        _finish.Apply(t2, ct, head, i => Position(i, level));
        head = Morphology.FillHoles(head);
        return new() { T2 = t2, Ct = ct, Tissues = tissues, Findings = findings, Head = head, IsCutOff = cut };
    }

    private Vector3 Position(int pixel, float level) =>
        _pose.At((pixel % Side) - ((Side - 1) / 2f), (pixel / Side) - ((Side - 1) / 2f), level);

    /// <summary>Below the lowest plane of the map, under tissue.</summary>
    private bool IsBeyondEnd(Vector3 at) =>
        at.Z < 1 && _head[(int)at.X, (int)at.Y, 1] != HeadTissue.Outside;

    private (float T2, float Hounsfield) Sample(Vector3 at, float weight, Span<float> shares, Span<float> found)
    {
        var tissue = at;
        foreach (var finding in _findings)
            if (finding.Pull is { } pull && IsWithin(tissue, finding.PullLow, finding.PullHigh))
                tissue = pull(tissue);
        var (t2, ct) = Tissue(tissue, weight, shares);
        foreach (var finding in _findings)
        {
            if (!IsWithin(at, finding.Low, finding.High))
                continue;
            var share = Math.Clamp(finding.Share(at), 0, 1);
            (t2, ct) = (t2 + (share * (_look.T2Of(finding) - t2)), ct + (share * (finding.Hounsfield - ct)));
            found[finding.Code] += share * weight;
        }
        return (t2, ct);
    }

    private (float T2, float Hounsfield) Tissue(Vector3 at, float weight, Span<float> shares)
    {
        var (x, y, z) = ((int)MathF.Floor(at.X), (int)MathF.Floor(at.Y), (int)MathF.Floor(at.Z));
        var (fx, fy, fz) = (at.X - x, at.Y - y, at.Z - z);
        var (t2, ct) = (0f, 0f);
        for (var corner = 0; corner < 8; corner++)
        {
            var (i, j, k) = (corner & 1, (corner >> 1) & 1, corner >> 2);
            var share = (i == 0 ? 1 - fx : fx) * (j == 0 ? 1 - fy : fy) * (k == 0 ? 1 - fz : fz);
            var tissue = _head[x + i, y + j, z + k];
            var (signal, hu) = tissue switch
            {
                HeadTissue.Mucosa or HeadTissue.Marrow => Grained(tissue, at),
                _ => (_t2[(int)tissue], _ct[(int)tissue]),
            };
            (t2, ct) = (t2 + (share * signal), ct + (share * hu));
            shares[(int)tissue] += share * weight;
        }
        return (t2, ct);
    }

    /// <summary>Turbinates with air between them, and diploe of uneven density.</summary>
    private (float T2, float Hounsfield) Grained(HeadTissue tissue, Vector3 at)
    {
        var grain = _grain.Value(at);
        if (tissue == HeadTissue.Marrow)
            return (_t2[(int)tissue] * (1 - (0.12f * grain)), MathF.Max(60, _ct[(int)tissue] * (1 + (0.3f * grain))));
        var air = Math.Clamp(_look.AirInNose + (0.8f * grain), 0, 1);
        return (_t2[(int)tissue] * (1 - air), _ct[(int)tissue] - (air * (_ct[(int)tissue] + 1000)));
    }

    private static bool IsWithin(Vector3 at, Vector3 low, Vector3 high) =>
        at.X >= low.X && at.Y >= low.Y && at.Z >= low.Z && at.X <= high.X && at.Y <= high.Y && at.Z <= high.Z;

    private static HeadTissue Main(ReadOnlySpan<float> shares)
    {
        var best = 0;
        for (var i = 1; i < shares.Length; i++)
            if (shares[i] > shares[best])
                best = i;
        return (HeadTissue)best switch
        {
            HeadTissue.CsfAtBone or HeadTissue.CsfAtCortex => HeadTissue.Csf,
            HeadTissue.CortexAtCsf => HeadTissue.Cortex,
            HeadTissue.WhiteAtVentricle => HeadTissue.WhiteMatter,
            var main => main,
        };
    }

    private static byte Most(ReadOnlySpan<float> found)
    {
        var best = 0;
        for (var i = 1; i < found.Length; i++)
            if (found[i] >= LeastShare && found[i] > found[best])
                best = i;
        return (byte)best;
    }
}
